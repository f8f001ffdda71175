// Audio files made byte by byte: the smallest that are what they say they are.

import { bigEndian, box, joined } from "./bytes.ts";

const zeros = (length: number) => new Uint8Array(length);

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
    box("esds", bigEndian(0), descriptor),
  );
  const sizes = joined(...Array.from({ length: frames }, () => bigEndian(M4A_FRAME_BYTES)));
  const table = box(
    "stbl",
    box("stsd", bigEndian(0), bigEndian(1), entry),
    box("stsz", bigEndian(0), bigEndian(0), bigEndian(frames), sizes),
  );
  const media = box(
    "mdia",
    box("mdhd", zeros(12), bigEndian(44_100), bigEndian(frames * 1024), zeros(4)),
    box("hdlr", zeros(8), "soun", zeros(13)),
    box("minf", table),
  );
  const movie = box(
    "moov",
    box("mvhd", zeros(12), bigEndian(1000), zeros(84)),
    box("trak", box("tkhd", zeros(12), bigEndian(7), zeros(68)), media),
  );
  return joined(
    box("ftyp", "M4A ", bigEndian(0), "isom"),
    movie,
    box("mdat", zeros(frames * M4A_FRAME_BYTES)),
  );
}

/** The first bytes of a PNG image (its signature and header), and some more. */
export function pngFile(): Uint8Array<ArrayBuffer> {
  return joined(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    bigEndian(13),
    "IHDR",
    bigEndian(64),
    bigEndian(64),
    [8, 2, 0, 0, 0],
    zeros(4096),
  );
}
