// Audio files made byte by byte: the smallest that are what they say they are.

type Piece = string | number | Uint8Array | readonly number[];

function joined(...pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    pieces.flatMap((piece) => {
      if (typeof piece === "string") return [...Buffer.from(piece, "latin1")];
      return typeof piece === "number" ? [piece] : [...piece];
    }),
  );
}

const zeros = (length: number) => new Uint8Array(length);
const u32 = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];

/** Bytes and samples of a frame of {@link MP3_HEADER}. */
const MP3_FRAME_BYTES = 417;
/** MPEG 1 layer III, 128 kbit/s, 44.1 kHz, stereo. */
const MP3_HEADER = [0xff, 0xfb, 0x90, 0x04];

/** An MP3 file (ISO 11172-3) of silence, 1152 samples at 44.1 kHz a frame, behind an empty ID3v2.3 tag. */
export function mp3File(frames: number): Uint8Array<ArrayBuffer> {
  const frame = joined(MP3_HEADER, zeros(MP3_FRAME_BYTES - MP3_HEADER.length));
  const tag = joined("ID3", [3, 0, 0], [0, 0, 0, 10], zeros(10));
  return joined(tag, ...Array.from({ length: frames }, () => frame));
}

function box(type: string, ...payload: readonly Piece[]): Uint8Array<ArrayBuffer> {
  const body = joined(...payload);
  return joined(u32(body.length + 8), type, body);
}

const M4A_FRAME_BYTES = 400;

/**
 * An M4A file (ISO 14496-12, -14) with a box tree for AAC-LC at 44.1 kHz, 1024 samples a frame; the frames
 * themselves are empty.
 */
export function m4aFile(frames: number): Uint8Array<ArrayBuffer> {
  const specific = joined(5, 2, [0x12, 0x10]);
  const decoder = joined(4, 13 + specific.length, 0x40, zeros(12), specific);
  const descriptor = joined(3, 3 + decoder.length, [0, 1, 0], decoder);
  const entry = box(
    "mp4a",
    [0, 0, 0, 0, 0, 0, 0, 1],
    zeros(8),
    [0, 2, 0, 16, 0, 0, 0, 0, 0xac, 0x44, 0, 0],
    box("esds", u32(0), descriptor),
  );
  const sizes = Array.from({ length: frames }, () => u32(M4A_FRAME_BYTES)).flat();
  const table = box(
    "stbl",
    box("stsd", u32(0), u32(1), entry),
    box("stsz", u32(0), u32(0), u32(frames), sizes),
  );
  const media = box(
    "mdia",
    box("mdhd", zeros(12), u32(44_100), u32(frames * 1024), zeros(4)),
    box("hdlr", zeros(8), "soun", zeros(13)),
    box("minf", table),
  );
  const movie = box(
    "moov",
    box("mvhd", zeros(12), u32(1000), zeros(84)),
    box("trak", box("tkhd", zeros(12), u32(7), zeros(68)), media),
  );
  return joined(box("ftyp", "M4A ", u32(0), "isom"), movie, box("mdat", zeros(frames * M4A_FRAME_BYTES)));
}

/** The first bytes of a PNG image (its signature and header), and some more. */
export function pngFile(): Uint8Array<ArrayBuffer> {
  return joined(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    u32(13),
    "IHDR",
    u32(64),
    u32(64),
    [8, 2, 0, 0, 0],
    zeros(4096),
  );
}
