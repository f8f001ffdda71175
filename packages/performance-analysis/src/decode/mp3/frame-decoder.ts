import type { MpegFrameHeader } from "../../container/mpeg-frame-header.ts";
import { BitReader } from "../bit-reader.ts";
import { PADDING } from "../source-window.ts";
import { type BandLayout, bandLayouts, LINES } from "./bands.ts";
import { type Mp3Filters, newFilterState } from "./filters.ts";
import { reorder } from "./reorder.ts";
import { newScaleFactors, readHalfRateScaleFactors, readScaleFactors } from "./scale-factors.ts";
import { type Granule, readSideInformation, SHORT_BLOCKS } from "./side-information.ts";
import { readLines, regionBorders, requantise } from "./spectrum.ts";
import { undoIntensity, undoMidSide } from "./stereo.ts";

/** Bytes of earlier frames that a frame may refer to (main_data_begin has 9 bits). */
const MAX_RESERVOIR = 511;
/** Bytes of the longest frame: 320 kbit/s at 32 kHz, and a padding slot. */
const MAX_FRAME = 1441;
/**
 * A granule of long blocks whose lines' squares add up to more comes from damage, and would sound as a bang: those of a
 * square wave or of noise at full scale add up to 6 (measured). Short blocks have lines as large, three times over.
 */
const MAX_ENERGY = { long: 10, short: 30 };

/** How a frame was decoded: "unknown" if it refers to earlier frames that aren't there. Silence stands in for both others. */
export type FrameOutcome = "decoded" | "unknown" | "damaged";

export type FrameDecoder = {
  /** Decodes the frame at `offset` of `bytes`, all of whose bytes are there, into `channels`. */
  decode(bytes: Uint8Array, offset: number, header: MpegFrameHeader): FrameOutcome;
  /** Lets the filters ring out over the length of one frame, into `channels`. */
  decodeSilence(header: MpegFrameHeader): void;
  /** Forgets the bytes of earlier frames, as after a gap. */
  forget(): void;
  /** The sound of the latest frame, `header.samples` of each channel. */
  readonly channels: readonly Float32Array[];
};

/** Decodes the frames of one layer III stream (ISO/IEC 11172-3 section 2.4.3.4, ISO/IEC 13818-3, MPEG 2.5). */
export function createFrameDecoder(filters: Mp3Filters, stream: MpegFrameHeader): FrameDecoder {
  const { isMpeg1 } = stream;
  const layouts = bandLayouts(stream.sampleRate, isMpeg1);
  const states = [0, 1].map((channel) => ({
    factors: newScaleFactors(),
    values: new Int32Array(LINES),
    lines: new Float32Array(LINES),
    filtered: newFilterState(channel),
    sound: new Float32Array(2 * LINES),
  }));
  const both = states.map(({ sound }) => sound);
  const left = both.slice(0, 1);
  const mainData = new Uint8Array(MAX_RESERVOIR + MAX_FRAME + PADDING);
  let held = 0;
  let channels: readonly Float32Array[] = both;

  /** Appends a frame's main data to the reservoir; answers where the new bytes begin. */
  function append(bytes: Uint8Array, from: number, to: number): number {
    const kept = Math.min(held, MAX_RESERVOIR);
    mainData.copyWithin(0, held - kept, held);
    mainData.set(bytes.subarray(from, to), kept);
    held = kept + Math.max(0, to - from);
    mainData.fill(0, held, held + PADDING);
    return kept;
  }

  function layoutOf(granule: Granule): BandLayout {
    if (granule.blockType !== SHORT_BLOCKS) return layouts.long;
    return granule.isMixed ? layouts.mixed : layouts.short;
  }

  /** Lines of one channel; answers their number up to the last that isn't 0, or -1. */
  function readChannel(reader: BitReader, granule: Granule, channel: number, isIntensity: boolean): number {
    const end = reader.position + granule.part23Length;
    if (end > reader.end) return -1;
    const { factors, values, lines } = states[channel];
    if (isMpeg1) readScaleFactors(reader, granule, factors);
    else readHalfRateScaleFactors(reader, granule, factors, isIntensity && channel === 1);
    const borders = regionBorders(granule, layouts.long, isMpeg1);
    const count = reader.position > end ? -1 : readLines(reader, end, granule, borders, values);
    // Where the next part begins is known, whatever happened in this one.
    reader.position = end;
    if (count < 0) return -1;
    requantise(values, count, granule, factors, layoutOf(granule), lines);
    return count;
  }

  function filter(channel: number, count: number, granule: Granule | null, offset: number): void {
    const { lines, filtered, sound } = states[channel];
    if (granule === null) lines.fill(0);
    const layout = granule === null ? layouts.long : layoutOf(granule);
    const hasShort = layout.longLines < LINES;
    if (hasShort) reorder(lines, layout);
    // Reordering moves lines within their band, so the last one may have moved up.
    const end = hasShort ? LINES : count;
    const subbands = filters.hybrid(filtered, lines, end, layout.longLines, granule?.blockType ?? 0);
    sound.set(filters.polyphase(filtered, subbands), offset);
  }

  /** One granule of all channels. False: silence stands in for it. */
  function decodeGranule(
    reader: BitReader,
    granules: readonly Granule[],
    modeBits: number,
    offset: number,
  ): boolean {
    const isIntensity = (modeBits & 1) === 1;
    const isMidSide = (modeBits & 2) === 2;
    const counts = granules.map((granule, channel) => readChannel(reader, granule, channel, isIntensity));
    let isWhole = counts.every((count) => count >= 0);
    if (isWhole && granules.length === 2 && modeBits > 0) {
      const [first, second] = states;
      const count = Math.max(counts[0], counts[1]);
      if (isIntensity) {
        const coarse = isMpeg1 ? null : (granules[1].scalefacCompress & 1) === 1;
        const layout = layoutOf(granules[1]);
        undoIntensity(first.lines, second.lines, layout, second.factors, coarse, isMidSide);
      } else undoMidSide(first.lines, second.lines, 0, count);
      counts.fill(count);
    }
    isWhole &&= granules.every((granule, channel) =>
      isPlausible(states[channel].lines, counts[channel], granule),
    );
    granules.forEach((granule, channel) => {
      filter(channel, isWhole ? counts[channel] : 0, isWhole ? granule : null, offset);
    });
    return isWhole;
  }

  return {
    get channels() {
      return channels;
    },
    forget() {
      held = 0;
    },
    decodeSilence(header) {
      channels = header.channels === 1 ? left : both;
      for (let offset = 0; offset < header.samples; offset += LINES) {
        for (let channel = 0; channel < header.channels; channel += 1) filter(channel, 0, null, offset);
      }
    },
    decode(bytes, offset, header) {
      channels = header.channels === 1 ? left : both;
      // The protection bit, 0 where a CRC follows the header; mode 1 is joint stereo, whose extension tells how.
      const start = offset + ((bytes[offset + 1] & 1) === 0 ? 6 : 4);
      const mode = bytes[offset + 3] >> 6;
      const modeBits = mode === 1 ? (bytes[offset + 3] >> 4) & 3 : 0;
      const sideReader = new BitReader(bytes, start, offset + header.length);
      const side = readSideInformation(sideReader, header);
      sideReader.alignToByte();
      const fresh = append(bytes, sideReader.position >> 3, offset + header.length);
      if (side === null || sideReader.overrun || side.mainDataBegin > fresh) {
        this.decodeSilence(header);
        return side === null || sideReader.overrun ? "damaged" : "unknown";
      }
      const reader = new BitReader(mainData, fresh - side.mainDataBegin, held);
      let isWhole = true;
      side.granules.forEach((granules, index) => {
        if (!decodeGranule(reader, granules, modeBits, index * LINES)) isWhole = false;
      });
      return isWhole ? "decoded" : "damaged";
    },
  };
}

/** `count`: lines up to the last that isn't 0. */
function isPlausible(lines: Float32Array, count: number, { blockType }: Granule): boolean {
  let energy = 0;
  for (let line = 0; line < count; line += 1) energy += lines[line] * lines[line];
  return energy < (blockType === SHORT_BLOCKS ? MAX_ENERGY.short : MAX_ENERGY.long);
}
