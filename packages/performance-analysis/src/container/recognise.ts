import type { ByteInput, Reading } from "./byte-input.ts";
import { type AudioFormat, type ProbeFailureCode, WHAT_TO_SEND } from "./description.ts";
import { describeAdts, describeForeign, describeIsoPicture, SIGNATURE_LENGTH } from "./foreign-signatures.ts";
import { skipTags } from "./tags.ts";

/** Boxes that an MP4 or QuickTime file may begin with; files older than `ftyp` have one of the others. */
const FIRST_BOXES = new Set(["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"]);
/** Bytes that tell every accepted format apart. */
const FORMAT_LENGTH = 12;

/** What a file's first bytes say that it is. MP3 is only what nothing else is: its frames have the last word. */
export type Recognised =
  | { readonly format: AudioFormat; readonly isTagged: boolean }
  | { readonly format: null; readonly code: ProbeFailureCode; readonly message: string };

/**
 * Recognises the format, and leaves the cursor on its first byte, behind tags where there are any. `recognise` is called
 * as soon as the format is known, for MP3 behind a tag already when that is seen.
 */
export function* recogniseFormat(
  input: ByteInput,
  recognise: (format: AudioFormat) => void = () => undefined,
): Reading<Recognised> {
  yield* input.fill(FORMAT_LENGTH);
  const start = input.latin1(0, FORMAT_LENGTH);
  if (start === "") return foreign("EMPTY", `This file is empty. ${WHAT_TO_SEND}`);
  const found = formatOf(start);
  if (found === "tagged") {
    recognise("mp3");
    return yield* recogniseTagged(input, recognise);
  }
  if (found === "m4a") {
    const picture = describeIsoPicture(start);
    if (picture) return foreign("UNSUPPORTED_FORMAT", picture);
  }
  if (found !== null) {
    recognise(found);
    return { format: found, isTagged: false };
  }
  yield* input.fill(SIGNATURE_LENGTH);
  const other = describeForeign(input.latin1(0, SIGNATURE_LENGTH));
  return other ? foreign("UNSUPPORTED_FORMAT", other) : { format: "mp3", isTagged: false };
}

function formatOf(start: string): AudioFormat | "tagged" | null {
  if (/^(RIFF|RF64)....WAVE/s.test(start)) return "wav";
  if (start.length < FORMAT_LENGTH && /^(RIFF|RF64)/.test(start)) return "wav";
  if (start.startsWith("fLaC")) return "flac";
  if (start.startsWith("ID3") || start.startsWith("APETAGEX")) return "tagged";
  return FIRST_BOXES.has(start.slice(4, 8)) ? "m4a" : null;
}

function* recogniseTagged(input: ByteInput, recognise: (format: AudioFormat) => void): Reading<Recognised> {
  yield* skipTags(input);
  // Where the file ends here, the reader of MP3 says so.
  if (!(yield* input.fill(7))) return { format: "mp3", isTagged: true };
  if (input.latin1(0, 4) === "fLaC") {
    recognise("flac");
    return { format: "flac", isTagged: true };
  }
  const adts = describeAdts(input.latin1(0, 7));
  return adts ? foreign("UNSUPPORTED_FORMAT", adts) : { format: "mp3", isTagged: true };
}

function foreign(code: ProbeFailureCode, message: string): Recognised {
  return { format: null, code, message };
}
