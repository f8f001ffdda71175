import type { BitReader } from "../bit-reader.ts";
import { SHORT_LINES } from "./bands.ts";
import type { ChannelStream } from "./channel-stream.ts";
import { INTENSITY, INTENSITY_OPPOSITE, NOISE } from "./codebooks.ts";
import { fillWithNoise } from "./noise.ts";
import type { WindowInfo } from "./window-info.ts";

/** By group and band, whether the pair is stored as middle and side (`ms_used`, ISO/IEC 14496-3 section 4.4.2.2). */
export type MidSideMask = {
  /** 0: nowhere, 1: as the flags say, 2: everywhere. */
  readonly kind: number;
  readonly flags: readonly boolean[];
};

export const NO_MID_SIDE: MidSideMask = { kind: 0, flags: [] };

/** Null for the reserved kind. */
export function readMidSideMask(reader: BitReader, info: WindowInfo): MidSideMask | null {
  const kind = reader.read(2);
  if (kind === 3) return null;
  const length = kind === 1 ? info.groups.length * info.codedBands : 0;
  const flags: boolean[] = [];
  while (flags.length < length) flags.push(reader.readFlag());
  return { kind, flags };
}

/** Undoes middle and side (section 4.6.8.1) and intensity stereo (section 4.6.8.2) of a pair with one window. */
export function undoStereo(left: ChannelStream, right: ChannelStream, mask: MidSideMask): void {
  const { info } = left;
  let window = 0;
  for (let group = 0; group < info.groups.length; group += 1) {
    for (let band = 0; band < info.codedBands; band += 1) {
      const index = group * info.codedBands + band;
      const isMidSide = mask.kind === 2 || (mask.kind === 1 && mask.flags[index]);
      for (let within = 0; within < info.groups[group]; within += 1) {
        const start = (window + within) * SHORT_LINES + info.offsets[band];
        const end = (window + within) * SHORT_LINES + info.offsets[band + 1];
        if (right.codebooks[index] >= INTENSITY_OPPOSITE) {
          undoIntensity(left, right, index, mask.kind === 1 && isMidSide, start, end);
        } else if (isMidSide) undoMidSide(left, right, index, start, end);
      }
    }
    window += info.groups[group];
  }
}

/** `isInverted`: the flag of middle and side, which would have no meaning here, turns the phase round. */
function undoIntensity(
  left: ChannelStream,
  right: ChannelStream,
  index: number,
  isInverted: boolean,
  start: number,
  end: number,
): void {
  const sign = (right.codebooks[index] === INTENSITY) === isInverted ? -1 : 1;
  const scale = sign * 0.5 ** (right.factors[index] / 4);
  for (let line = start; line < end; line += 1) right.lines[line] = left.lines[line] * scale;
}

function undoMidSide(
  left: ChannelStream,
  right: ChannelStream,
  index: number,
  start: number,
  end: number,
): void {
  const first = left.lines;
  const second = right.lines;
  if (right.codebooks[index] === NOISE && left.codebooks[index] === NOISE) {
    // Section 4.6.13.3: the same noise in both channels, each at its own level.
    const generator = { state: left.noiseStates[index] };
    fillWithNoise(generator, second, start, end, 2 ** (right.factors[index] / 4));
    left.noiseStates[index] = generator.state;
  } else if (right.codebooks[index] < NOISE && left.codebooks[index] < NOISE) {
    for (let line = start; line < end; line += 1) {
      const middle = first[line];
      const side = second[line];
      first[line] = middle + side;
      second[line] = middle - side;
    }
  }
}
