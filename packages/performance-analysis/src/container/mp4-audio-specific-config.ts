import type { LookAhead } from "./byte-input.ts";

/** The first entry of a sound track's `stsd`. */
export interface SampleEntry {
  readonly codec: string;
  /** Hz; 0 if it isn't stated. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Of AAC, frames of 960 samples in place of 1024. */
  readonly hasShortFrames: boolean;
}

/** ISO/IEC 14496-3 table 1.18: Hz by samplingFrequencyIndex; 15 says that 24 bits of it follow. */
const SAMPLING_FREQUENCIES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
];
/** Channels by channelConfiguration; 0 says that they are described elsewhere. */
const CHANNELS = [0, 1, 2, 3, 4, 5, 6, 8];

/** Audio object types (ISO/IEC 14496-3 table 1.17). */
const AAC_LC = 2;
const SBR = 5;
const PS = 29;
/** Marks SBR that old decoders overlook, in the bits behind the configuration proper (section 1.6.6.1). */
const SYNC_EXTENSION = 0x2b7;

/** Reads the object type, hence the codec string of RFC 6381, from the bytes `start` … `end` beyond the cursor. */
export function parseAudioSpecificConfig(
  input: LookAhead,
  start: number,
  end: number,
  entry: SampleEntry,
): SampleEntry {
  let bit = start * 8;
  /** Bits past the end read as 0. */
  const read = (count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index++, bit++) {
      const byte = bit >> 3 < end ? input.u8(bit >> 3) : 0;
      value = value * 2 + ((byte >> (7 - (bit & 7))) & 1);
    }
    return value;
  };
  const readObjectType = (): number => {
    const type = read(5);
    return type === 31 ? 32 + read(6) : type;
  };
  const readSampleRate = (): number => {
    const index = read(4);
    return index === 15 ? read(24) : (SAMPLING_FREQUENCIES[index] ?? 0);
  };

  let objectType = readObjectType();
  let hasShortFrames = false;
  let sampleRate = readSampleRate();
  const channels = CHANNELS[read(4)] ?? 0;
  if (objectType === SBR || objectType === PS) {
    sampleRate = readSampleRate() || sampleRate;
  } else if (objectType === AAC_LC) {
    hasShortFrames = read(1) === 1;
    read(2); // dependsOnCoreCoder, extensionFlag: both 0 in a file with the extension
    if (read(11) === SYNC_EXTENSION && readObjectType() === SBR && read(1) === 1) {
      objectType = SBR;
      sampleRate = readSampleRate() || sampleRate;
    }
  }
  return {
    codec: `mp4a.40.${objectType}`,
    sampleRate: sampleRate || entry.sampleRate,
    channels: objectType === PS ? 2 : channels || entry.channels,
    hasShortFrames,
  };
}
