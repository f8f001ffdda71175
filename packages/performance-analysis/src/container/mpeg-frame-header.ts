/** What 32 bits of an MPEG audio frame header say (ISO/IEC 11172-3 section 2.4.1.3, ISO/IEC 13818-3, MPEG 2.5). */
export interface MpegFrameHeader {
  readonly layer: 1 | 2 | 3;
  /** False for the half-rate MPEG 2 and the quarter-rate MPEG 2.5. */
  readonly isMpeg1: boolean;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** Samples a channel. */
  readonly samples: number;
  /** Bytes from this header to the next; 0 for the free format, whose frames don't tell. */
  readonly length: number;
}

/** The bits that every frame of a stream shares: sync word, version, layer, sample rate. */
export const SAME_STREAM_MASK = 0xfffe0c00;

/** kbit/s by bitrate index, from 1 to 14, for MPEG 1 layers I, II, III and MPEG 2/2.5 layers I, II and III. */
const MPEG1_LAYER1 = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
const MPEG1_LAYER2 = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const MPEG1_LAYER3 = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG2_LAYER1 = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
const MPEG2_LAYER23 = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

const MPEG1_SAMPLE_RATES = [44_100, 48_000, 32_000];

/** Null where these bits aren't a header: no sync word, or a reserved value. `bits` as an unsigned 32-bit number. */
export function parseMpegFrameHeader(bits: number): MpegFrameHeader | null {
  if (bits >>> 21 !== 0x7ff) return null;
  const version = (bits >>> 19) & 3; // 0: 2.5, 1: reserved, 2: MPEG 2, 3: MPEG 1
  const layerBits = (bits >>> 17) & 3; // 0: reserved, 1: III, 2: II, 3: I
  const bitrateIndex = (bits >>> 12) & 15;
  const mpeg1Rate = MPEG1_SAMPLE_RATES[(bits >>> 10) & 3];
  if (
    version === 1 ||
    layerBits === 0 ||
    bitrateIndex === 15 ||
    mpeg1Rate === undefined ||
    (bits & 3) === 2
  ) {
    return null;
  }
  const isMpeg1 = version === 3;
  const layer = layerBits === 1 ? 3 : layerBits === 2 ? 2 : 1;
  const sampleRate = mpeg1Rate / (isMpeg1 ? 1 : version === 2 ? 2 : 4);
  const samples = layer === 1 ? 384 : layer === 3 && !isMpeg1 ? 576 : 1152;
  const bitsPerSecond = (bitratesOf(isMpeg1, layer)[bitrateIndex - 1] ?? 0) * 1000;
  // Frames are whole slots: four bytes in layer I, one byte otherwise.
  const slot = layer === 1 ? 4 : 1;
  const padding = bitsPerSecond === 0 ? 0 : (bits >>> 9) & 1;
  const length = (Math.floor((samples / 8 / slot) * (bitsPerSecond / sampleRate)) + padding) * slot;
  return { layer, isMpeg1, sampleRate, channels: ((bits >>> 6) & 3) === 3 ? 1 : 2, samples, length };
}

function bitratesOf(isMpeg1: boolean, layer: 1 | 2 | 3): readonly number[] {
  if (!isMpeg1) return layer === 1 ? MPEG2_LAYER1 : MPEG2_LAYER23;
  return layer === 1 ? MPEG1_LAYER1 : layer === 2 ? MPEG1_LAYER2 : MPEG1_LAYER3;
}
