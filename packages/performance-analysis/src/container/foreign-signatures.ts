import { WHAT_TO_SEND } from "./description.ts";
import { foreignRiff } from "./wav.ts";

/** Bytes that are enough for every signature below. */
export const SIGNATURE_LENGTH = 64;

/** Bytes above 0x7F among the first `SIGNATURE_LENGTH` from which text is taken for binary. */
const MAX_ACCENTS = 16;

/** First bytes (each char one byte) → what it is, as in "This is …". Sources: the formats' own specifications. */
const SIGNATURES: readonly (readonly [start: string, name: string])[] = [
  ["\x89PNG\r\n\x1a\n", "a PNG picture"],
  ["\xff\xd8\xff", "a JPEG picture"],
  ["GIF8", "a GIF picture"],
  ["II*\0", "a TIFF picture"],
  ["MM\0*", "a TIFF picture"],
  ["%PDF", "a PDF document"],
  ["{\\rtf", "a text document"],
  ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"],
  ["PK\x03\x04", "a ZIP archive; unpack it first"],
  ["PK\x05\x06", "an empty ZIP archive"],
  ["\x1f\x8b", "a gzip archive; unpack it first"],
  ["7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"],
  ["Rar!", "a RAR archive; unpack it first"],
  ["MThd", "a MIDI file: a score, not a recording"],
  ["\x1a\x45\xdf\xa3", "a WebM or Matroska file, which can't be read yet"],
  ["\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media file (WMA), which can't be read"],
  ["caff", "a Core Audio file (CAF), which can't be read"],
  ["#!AMR", "an AMR voice memo, which can't be read"],
  [".snd", "an AU file, which can't be read"],
  ["RIFX", "a big-endian WAV file, which can't be read"],
  ["riff\x2e\x91\xcf\x11", "a Wave64 file, which can't be read"],
  ["wvpk", "a WavPack file, which can't be read"],
  ["MAC ", "a Monkey's Audio file, which can't be read"],
  ["DSD ", "a DSD file, which can't be read"],
  ["TTA1", "a True Audio file, which can't be read"],
  ["\x0b\x77", "an AC-3 file, which can't be read"],
  ["FLV\x01", "a Flash video"],
  ["\0\0\x01\xba", "an MPEG video"],
  ["MZ", "a program"],
  ["\x7fELF", "a program"],
  ["SQLite format 3\0", "a database"],
];

/**
 * A sentence for a file that is plainly something else, or null if its first bytes don't tell. `start`: the first
 * `SIGNATURE_LENGTH` bytes as characters, or the whole file if that is shorter.
 */
export function describeForeign(start: string): string | null {
  if (start.startsWith("RIFF") && start.length >= 12) return foreignRiff(start.slice(8, 12));
  const name =
    SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1] ??
    nameOgg(start) ??
    (/^FORM....AIF[FC]/s.test(start) ? "an AIFF file, which can't be read yet" : null);
  return name ? `This is ${name}. ${WHAT_TO_SEND}` : (describeAdts(start) ?? describeText(start));
}

/** For pictures in the boxes of ISO/IEC 14496-12, which begin as M4A does; `start`: at least 12 bytes. */
export function describeIsoPicture(start: string): string | null {
  return /^....ftyp(hei[cx]|hevc|mif1|msf1|avif|avis|crx )/s.test(start)
    ? `This is a picture (HEIC, AVIF or raw). ${WHAT_TO_SEND}`
    : null;
}

/** Audio Data Transport Stream, ISO/IEC 14496-3 annex 1.A.2.2: an MPEG sync word with the layer bits 0. */
export function describeAdts(start: string): string | null {
  const byte = (at: number): number => start.charCodeAt(at);
  if (start.length < 7 || byte(0) !== 0xff || (byte(1) & 0xf6) !== 0xf0) return null;
  const samplingFrequencyIndex = (byte(2) >> 2) & 15;
  const frameLength = ((byte(3) & 3) << 11) | (byte(4) << 3) | (byte(5) >> 5);
  if (samplingFrequencyIndex >= 13 || frameLength <= 7) return null;
  return `This is a raw AAC stream; the same sound in an M4A file can be read. ${WHAT_TO_SEND}`;
}

function nameOgg(start: string): string | null {
  if (!start.startsWith("OggS")) return null;
  const codec = start.includes("OpusHead") ? "Opus" : start.includes("\x01vorbis") ? "Vorbis" : null;
  return codec ? `an Ogg file (${codec}), which can't be read yet` : "an Ogg file, which can't be read yet";
}

/** Text has no control characters but white space; a byte-order mark tells it apart at once. */
function describeText(start: string): string | null {
  const text = start.replace(/^\xef\xbb\xbf/, "");
  const isUtf16 = /^(\xff\xfe.\0|\xfe\xff\0.)/s.test(start);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells binary from text
  if (!isUtf16 && /[\x00-\x08\x0e-\x1f\x7f]/.test(text)) return null;
  if (!isUtf16 && (text.match(/[\x80-\xff]/g)?.length ?? 0) > MAX_ACCENTS) return null;
  const name = /^\s*<(!doctype html|html|head|body)/i.test(text)
    ? "a web page"
    : /^\s*<(\?xml|score)/i.test(text)
      ? "an XML file (a score?)"
      : "a text file";
  return `This is ${name}, not a recording. ${WHAT_TO_SEND}`;
}
