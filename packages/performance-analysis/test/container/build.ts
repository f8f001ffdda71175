// Audio files made byte by byte, so that every test shows what it depends on.

export function bytes(...parts: (string | number | Uint8Array | readonly number[])[]): Uint8Array {
  const pieces = parts.map((part) => {
    if (typeof part === "string") return Uint8Array.from(part, (char) => char.charCodeAt(0));
    return typeof part === "number" ? Uint8Array.of(part) : Uint8Array.from(part);
  });
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export const u16le = (value: number): number[] => [value & 255, (value >>> 8) & 255];
export const u32le = (value: number): number[] => [...u16le(value), ...u16le(value >>> 16)];
export const u32be = (value: number): number[] => u32le(value).reverse();
export const u64be = (value: number): number[] => [
  ...u32be(Math.floor(value / 2 ** 32)),
  ...u32be(value >>> 0),
];
export const zeros = (length: number): Uint8Array => new Uint8Array(length);

/** A RIFF chunk; `size` is what it claims, if that isn't the truth. */
export function chunk(id: string, payload: Uint8Array, size = payload.length): Uint8Array {
  return bytes(id, u32le(size), payload, zeros(payload.length % 2));
}

export function fmt(
  codec = 1,
  channels = 2,
  rate = 44_100,
  bits = 16,
  extra: Uint8Array = zeros(0),
): Uint8Array {
  const align = (channels * bits) / 8;
  return chunk(
    "fmt ",
    bytes(u16le(codec), u16le(channels), u32le(rate), u32le(rate * align), u16le(align), u16le(bits), extra),
  );
}

export function riff(...chunks: Uint8Array[]): Uint8Array {
  const body = bytes("WAVE", ...chunks);
  return bytes("RIFF", u32le(body.length), body);
}

/** Two seconds of 16-bit stereo. */
export const TWO_SECONDS = zeros(2 * 44_100 * 4);
export const wav = (): Uint8Array => riff(fmt(), chunk("data", TWO_SECONDS));

/** MPEG 1 layer III, 128 kbit/s, 44.1 kHz, stereo: 417 bytes, 1152 samples. */
export const MP3_HEADER = [0xff, 0xfb, 0x90, 0x04];
export const mp3Frame = (header: readonly number[] = MP3_HEADER, length = 417): Uint8Array =>
  bytes(header, zeros(length - 4));
export const mp3Frames = (count: number): Uint8Array =>
  bytes(...Array.from({ length: count }, () => mp3Frame()));

/** A Xing header with a LAME tag. */
export function xingFrame(frames: number, delay: number, padding: number): Uint8Array {
  const frame = mp3Frame();
  const gapless = [delay >> 4, ((delay & 15) << 4) | (padding >> 8), padding & 255];
  frame.set(bytes("Xing", u32be(1), u32be(frames), "LAME3.100", zeros(12), gapless), 36);
  return frame;
}

export function id3(length: number, version = 3, flags = 0): Uint8Array {
  const size = [length >> 21, length >> 14, length >> 7, length].map((value) => value & 127);
  const footer = flags & 0x10 ? bytes("3DI", version, 0, flags, size) : zeros(0);
  // Filled with a frame header, as album art may hold one by chance.
  const body = zeros(length);
  for (let at = 0; at + 4 <= length; at += 4) body.set(MP3_HEADER, at);
  return bytes("ID3", version, 0, flags, size, body, footer);
}

export function box(type: string, ...payload: Uint8Array[]): Uint8Array {
  const body = bytes(...payload);
  return bytes(u32be(body.length + 8), type, body);
}

/** 64-bit size. */
export function largeBox(type: string, payload: Uint8Array): Uint8Array {
  return bytes(u32be(1), type, u64be(payload.length + 16), payload);
}

/** AudioSpecificConfig of AAC-LC, 44.1 kHz, stereo. */
export const AAC_LC = [0x12, 0x10];
export const HE_AAC = [0x2b, 0x92, 0x08];

export interface MovieOptions {
  readonly config?: readonly number[];
  readonly handler?: string;
  readonly samples?: number;
  readonly sampleSize?: number;
  readonly edit?: { readonly duration: number; readonly start: number };
  readonly art?: number;
  readonly entry?: string;
  readonly long?: boolean;
}

/** A movie of AAC frames, 1024 samples each at 44.1 kHz, 100 of 400 bytes if not said otherwise. */
export function moov(options: MovieOptions = {}): Uint8Array {
  const { config = AAC_LC, handler = "soun", samples = 100, sampleSize = 400, art = 0 } = options;
  const specific = bytes(5, config.length, config);
  const decoder = bytes(4, 13 + specific.length, 0x40, zeros(12), specific);
  const es = bytes(3, [0x80, 0x80, 0x80, 3 + decoder.length], [0, 1, 0], decoder);
  const entry = box(
    options.entry ?? "mp4a",
    bytes(zeros(6), [0, 1], zeros(8), [0, 2, 0, 16], zeros(4), [0xac, 0x44, 0, 0]),
    box("esds", zeros(4), es),
  );
  const sizes = bytes(...Array.from({ length: samples }, () => u32be(sampleSize)));
  const stbl = box(
    "stbl",
    box("stsd", bytes(u32be(0), u32be(1)), entry),
    box("stsz", bytes(u32be(0), u32be(0), u32be(samples)), sizes),
  );
  const time = options.long
    ? bytes(u32be(0x0100_0000), zeros(16), u32be(44_100), u64be(samples * 1024), zeros(4))
    : bytes(zeros(12), u32be(44_100), u32be(samples * 1024), zeros(4));
  const { edit } = options;
  const edts = edit
    ? box(
        "edts",
        box("elst", bytes(u32be(0), u32be(1), u32be(edit.duration), u32be(edit.start), u32be(0x10000))),
      )
    : zeros(0);
  const mdia = box(
    "mdia",
    box("mdhd", time),
    box("hdlr", bytes(zeros(8), handler, zeros(13))),
    box("minf", stbl),
  );
  return box(
    "moov",
    box("mvhd", bytes(zeros(12), u32be(1000), zeros(84))),
    box("trak", box("tkhd", bytes(zeros(12), u32be(7), zeros(68))), edts, mdia),
    box("udta", box("meta", zeros(art))),
  );
}

export const ftyp = (brand = "M4A "): Uint8Array => box("ftyp", bytes(brand, zeros(4), "isom"));
export const mdat = (length = 40_000): Uint8Array => box("mdat", zeros(length));
export const m4a = (options: MovieOptions = {}): Uint8Array => bytes(ftyp(), moov(options), mdat());

function crc8(data: readonly number[]): number {
  let crc = 0;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 7) & 255 : crc << 1;
  }
  return crc;
}

/** A frame of 4096 samples, 44.1 kHz stereo 16 bit; its body is 100 bytes of nothing. */
export function flacFrame(number: number): Uint8Array {
  const coded = number < 128 ? [number] : [0xc0 | (number >> 6), 0x80 | (number & 63)];
  const header = [0xff, 0xf8, 0xc9, 0x18, ...coded];
  return bytes(header, crc8(header), zeros(100));
}

export function flac(frames: number, totalSamples: number, pictureLength = 0): Uint8Array {
  const rateAndFormat = [0x0a, 0xc4, 0x42, 0xf0];
  const streamInfo = bytes([0x10, 0, 0x10, 0], zeros(6), rateAndFormat, u32be(totalSamples), zeros(16));
  const picture = [0x86, pictureLength >> 16, (pictureLength >> 8) & 255, pictureLength & 255];
  const sound = Array.from({ length: frames }, (_, number) => flacFrame(number));
  return bytes(
    "fLaC",
    [0, 0, 0, 34],
    streamInfo,
    picture,
    new Uint8Array(pictureLength).fill(0xff),
    ...sound,
  );
}
