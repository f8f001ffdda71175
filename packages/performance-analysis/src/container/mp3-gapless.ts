import type { LookAhead } from "./byte-input.ts";
import type { MpegFrameHeader } from "./mpeg-frame-header.ts";

/** What the first frame of an MP3 file may hold in place of sound. */
export interface EncoderInfo {
  /** Frames of sound that the encoder wrote, or null if it doesn't say. */
  readonly frames: number | null;
  /** Samples a channel to drop at the start (`delay`) and at the end (`padding`). */
  readonly delay: number;
  readonly padding: number;
}

/** Offset of "VBRI" in a frame: header and 32 bytes, whatever the channel mode (Fraunhofer). */
const VBRI_OFFSET = 36;
/** Offset of the 12 + 12 bits of delay and padding behind the Xing fields (LAME tag, revision 0). */
const LAME_DELAY_OFFSET = 21;

/**
 * Reads the Xing/Info header with its LAME extension, or Fraunhofer's VBRI, from the frame at the cursor, of which
 * `header.length` bytes must be available. Null: an ordinary frame of sound.
 */
export function parseEncoderInfo(input: LookAhead, header: MpegFrameHeader): EncoderInfo | null {
  if (header.length >= VBRI_OFFSET + 18 && input.latin1(VBRI_OFFSET, 4) === "VBRI") {
    return { frames: input.u32be(VBRI_OFFSET + 14), delay: 0, padding: 0 };
  }
  let at = 4 + sideInfoLength(header);
  const id = at + 8 <= header.length ? input.latin1(at, 4) : "";
  if (id !== "Xing" && id !== "Info") return null;
  const flags = input.u32be(at + 4);
  at += 8;
  const frames = flags & 1 && at + 4 <= header.length ? input.u32be(at) : null;
  // Frames, bytes, table of contents, quality: each there if its flag is set.
  at += (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (at + LAME_DELAY_OFFSET + 3 > header.length) return { frames, delay: 0, padding: 0 };
  const delayAndPadding = input.u24be(at + LAME_DELAY_OFFSET);
  return { frames, delay: delayAndPadding >> 12, padding: delayAndPadding & 0xfff };
}

/** Bytes of layer III side information (ISO/IEC 11172-3 section 2.4.1.7; half for 13818-3). */
function sideInfoLength(header: MpegFrameHeader): number {
  if (header.isMpeg1) return header.channels === 1 ? 17 : 32;
  return header.channels === 1 ? 9 : 17;
}
