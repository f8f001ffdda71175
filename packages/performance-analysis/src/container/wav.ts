import type { ByteInput, Reading } from "./byte-input.ts";
import { accept, refuse, refuseCutOff, refuseDamaged, type Verdict, WHAT_TO_SEND } from "./description.ts";

// Sources: Microsoft/IBM "Multimedia Programming Interface and Data Specifications 1.0" (RIFF, WAVE), Microsoft
// "Multiple channel audio data and WAVE files" (WAVEFORMATEXTENSIBLE), EBU Tech 3306 (RF64).

const WAVE_FORMAT_PCM = 0x0001;
const WAVE_FORMAT_IEEE_FLOAT = 0x0003;
const WAVE_FORMAT_EXTENSIBLE = 0xfffe;

const OTHER_FORMATS = new Map([
  [0x0002, "Microsoft ADPCM"],
  [0x0006, "A-law"],
  [0x0007, "µ-law"],
  [0x0011, "IMA ADPCM"],
  [0x0031, "GSM 6.10"],
  [0x0050, "MPEG"],
  [0x0055, "MP3"],
  [0x00ff, "AAC"],
  [0x0161, "Windows Media Audio"],
]);

/** An honest file has a dozen; the limit keeps a file of empty chunks from costing time. */
const MAX_CHUNKS = 10_000;
/** Bytes of `fmt ` that matter: WAVEFORMATEXTENSIBLE. */
const FMT_LENGTH = 40;
/** From here up a size is a placeholder of a recorder that couldn't seek back (sox 0x7FFFF000 and up, ffmpeg 0xFFFFFFFF). */
const MIN_PLACEHOLDER_SIZE = 0x7fff_0000;
/** RIFF: four printable ASCII characters. */
const CHUNK_ID = /^[\x20-\x7e]{4}$/;
const MAX_SAMPLE_RATE = 768_000;
const MAX_CHANNELS = 64;

interface PcmFormat {
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** Bytes of one sample of every channel. */
  readonly blockAlign: number;
}

/**
 * Reads a RIFF or RF64 WAVE file, the cursor on its first byte. The duration is that of the bytes that arrived:
 * a data size of 0 or a placeholder means "to the end", and a larger one than the file makes it cut off.
 * Bytes past the data size aren't taken for sound, as in every player; if they are most of the file and aren't
 * chunks, the header is plainly wrong, and the file is refused.
 */
export function* readWav(input: ByteInput): Reading<Verdict> {
  if (!(yield* input.fill(12))) return refuseCutOff("WAV");
  input.skip(12);
  let pcm: PcmFormat | null = null;
  let rf64DataSize = 0;
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
    if (!(yield* input.fill(8))) return refuseCutOff("WAV");
    const id = input.latin1(0, 4);
    const size = input.u32le(4);
    if (!CHUNK_ID.test(id)) return refuseDamaged("WAV", "its header can't be read");
    input.skip(8);
    const end = input.position + size + (size % 2);
    if (id === "data") {
      if (!pcm) return refuseDamaged("WAV", "it doesn't say how its sound is stored");
      return yield* readData(input, pcm, size === 0xffff_ffff && rf64DataSize > 0 ? rf64DataSize : size);
    }
    if (id === "fmt ") {
      const length = Math.min(size, FMT_LENGTH);
      if (!(yield* input.fill(length))) return refuseCutOff("WAV");
      const parsed = parseFmt(input, length);
      if ("ok" in parsed) return parsed;
      pcm = parsed;
    } else if (id === "ds64" && size >= 24) {
      if (!(yield* input.fill(16))) return refuseCutOff("WAV");
      rf64DataSize = input.u64le(8);
    }
    input.skip(end - input.position);
  }
  return refuseDamaged("WAV", "its header can't be read");
}

function parseFmt(input: ByteInput, length: number): PcmFormat | Verdict {
  if (length < 16) return refuseDamaged("WAV", "it doesn't say how its sound is stored");
  const tag = input.u16le(0);
  const channels = input.u16le(2);
  const sampleRate = input.u32le(4);
  const blockAlign = input.u16le(12);
  const bitsPerSample = input.u16le(14);
  // In the extensible form the format proper is the first two bytes of the SubFormat GUID.
  const format = tag === WAVE_FORMAT_EXTENSIBLE && length >= 26 ? input.u16le(24) : tag;
  if (format !== WAVE_FORMAT_PCM && format !== WAVE_FORMAT_IEEE_FLOAT) {
    const name = OTHER_FORMATS.get(format) ?? `format 0x${format.toString(16)}`;
    return refuse(
      "UNSUPPORTED_FORMAT",
      `This WAV file holds compressed sound (${name}), which can't be read. Export it as PCM, 16 or 24 bit, or as MP3, M4A or FLAC.`,
    );
  }
  if (channels < 1 || channels > MAX_CHANNELS || sampleRate < 1 || sampleRate > MAX_SAMPLE_RATE) {
    return refuseDamaged("WAV", `it claims ${channels} channels at ${sampleRate} Hz`);
  }
  const codec = codecOf(format, blockAlign / channels);
  if (codec === null || bitsPerSample < 1 || bitsPerSample > (blockAlign / channels) * 8) {
    return refuseDamaged(
      "WAV",
      `it claims samples of ${bitsPerSample} bits in blocks of ${blockAlign} bytes`,
    );
  }
  return { codec, sampleRate, channels, blockAlign };
}

function codecOf(format: number, bytesPerSample: number): string | null {
  if (format === WAVE_FORMAT_IEEE_FLOAT) {
    return bytesPerSample === 4 ? "pcm_f32le" : bytesPerSample === 8 ? "pcm_f64le" : null;
  }
  if (bytesPerSample === 1) return "pcm_u8";
  return [2, 3, 4].includes(bytesPerSample) ? `pcm_s${bytesPerSample * 8}le` : null;
}

function* readData(input: ByteInput, pcm: PcmFormat, size: number): Reading<Verdict> {
  const start = input.position;
  input.skip(size + (size % 2));
  const hasTail = yield* input.fill(4);
  const tailIsChunk = hasTail && CHUNK_ID.test(input.latin1(0, 4));
  yield* input.skipToEnd();
  const arrived = input.received - start;
  if (size > 0 && hasTail && !tailIsChunk && arrived > 2 * size) {
    return refuseDamaged("WAV", "its header claims much less sound than the file holds");
  }
  const untilEnd = size === 0 || (size >= MIN_PLACEHOLDER_SIZE && size > arrived);
  const sampleFrames = Math.floor((untilEnd ? arrived : Math.min(size, arrived)) / pcm.blockAlign);
  return accept("WAV", {
    format: "wav",
    durationSeconds: sampleFrames / pcm.sampleRate,
    sampleRate: pcm.sampleRate,
    channels: pcm.channels,
    codec: pcm.codec,
    incomplete: !untilEnd && size > arrived,
  });
}

/** Names what a RIFF file of another form is, or null if it's sound that `readWav` reads. */
export function foreignRiff(form: string): string | null {
  if (form === "WAVE") return null;
  const name = {
    "AVI ": "a video (AVI)",
    WEBP: "a WebP picture",
    RMID: "a MIDI file: a score, not a recording",
  }[form];
  return `This is ${name ?? "a RIFF file without sound"}. ${WHAT_TO_SEND}`;
}
