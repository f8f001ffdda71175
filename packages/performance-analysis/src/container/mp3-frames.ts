import type { ByteInput, Reading } from "./byte-input.ts";
import { type MpegFrameHeader, parseMpegFrameHeader, SAME_STREAM_MASK } from "./mpeg-frame-header.ts";

/** Bytes that may stand between the tags and the first frame; players look about as far. */
export const MAX_JUNK = 64 * 1024;

/**
 * Headers that turned out not to begin a row of frames, in one file, before the search is given up. In 50 MB of
 * noise there are some 2,000 by chance; the limit keeps a file made of them from costing time.
 */
const MAX_FALSE_HEADERS = 200_000;

/** What a search over one file has cost so far. */
export interface Search {
  falseHeaders: number;
}

/**
 * Moves the cursor to the next of three frames in a row that agree (or two with the end of the file behind them),
 * of the stream with this signature if one is given. Null, with the cursor anywhere, if there are none before the
 * offset `limit` of the file or before its end.
 */
export function* findFrames(
  input: ByteInput,
  signature: number | null,
  limit: number,
  search: Search,
): Reading<MpegFrameHeader | null> {
  while (input.position < limit && (input.has(4) || (yield* input.fill(4)))) {
    const distance = input.distanceTo(0xff);
    if (distance !== 0) {
      input.skip(distance < 0 ? input.available : distance);
      continue;
    }
    const bits = input.u32be(0);
    const header = parseMpegFrameHeader(bits);
    const own = (bits & SAME_STREAM_MASK) >>> 0;
    if (header && header.length > 0 && (signature === null || own === signature)) {
      if ((yield* followFrames(input, header)) === "whole") return header;
      if (++search.falseHeaders > MAX_FALSE_HEADERS) return null;
    }
    input.skip(1);
  }
  return null;
}

/** Whether two more frames of the same stream follow the one at the cursor, or the file ends before that shows. */
export function* followFrames(
  input: ByteInput,
  first: MpegFrameHeader,
): Reading<"whole" | "broken" | "cut off"> {
  const signature = (input.u32be(0) & SAME_STREAM_MASK) >>> 0;
  if (!(yield* input.fill(first.length + 4))) return "cut off";
  const second = headerAt(input, first.length, signature);
  if (!second) return "broken";
  const toThird = first.length + second.length;
  if (!(yield* input.fill(toThird + 4))) {
    return input.received === input.position + toThird ? "whole" : "cut off";
  }
  return headerAt(input, toThird, signature) ? "whole" : "broken";
}

function headerAt(input: ByteInput, offset: number, signature: number): MpegFrameHeader | null {
  const bits = input.u32be(offset);
  const header = (bits & SAME_STREAM_MASK) >>> 0 === signature ? parseMpegFrameHeader(bits) : null;
  return header && header.length > 0 ? header : null;
}
