import { ByteFeed, type Reading } from "./byte-feed.ts";
import {
  type AudioFormat,
  type ProbeFailure,
  refuse,
  refuseCutOff,
  type Verdict,
  WHAT_TO_SEND,
} from "./description.ts";
import { readFlac } from "./flac.ts";
import { describeAdts, describeForeign, describeIsoPicture, SIGNATURE_LENGTH } from "./foreign-signatures.ts";
import { readMp3 } from "./mp3.ts";
import { readMp4 } from "./mp4.ts";
import { skipTags } from "./tags.ts";
import { readWav } from "./wav.ts";

/** Judges an audio file by its bytes while they pass by. Holds at most a few KiB, whatever the file claims. */
export interface Probe {
  /** Takes the next bytes, in order and in any chunking. They are not kept: the caller may reuse the array. */
  push(bytes: Uint8Array): void;
  /**
   * The format as soon as the first dozen bytes tell it, else null. Behind an ID3v2 tag it's taken for MP3 until
   * something else is found there (FLAC with a tag in front); `finish` has the last word.
   */
  readonly format: AudioFormat | null;
  /** A failure that no further byte can mend, else null: the upload can be refused at once. */
  readonly failure: ProbeFailure | null;
  /** The verdict, to be asked for after the last byte. */
  finish(): Verdict;
}

/** Boxes that an MP4 or QuickTime file may begin with; files older than `ftyp` have one of the others. */
const FIRST_BOXES = new Set(["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"]);
/** Bytes that tell every accepted format apart. */
const FORMAT_LENGTH = 12;

export function createProbe(): Probe {
  const input = new ByteFeed();
  let format: AudioFormat | null = null;
  let verdict: Verdict | null = null;
  const reading = readFile(input, (recognised) => {
    format = recognised;
  });
  const resume = (): boolean => {
    const step = reading.next();
    if (step.done) verdict = step.value;
    return step.done === true;
  };
  resume();
  return {
    push(bytes) {
      if (!verdict) input.push(bytes, resume);
    },
    get format() {
      return format;
    },
    get failure() {
      return verdict?.ok === false ? verdict.error : null;
    },
    finish() {
      if (!verdict) input.end(resume);
      return verdict ?? refuse("DAMAGED", `This file can't be read. ${WHAT_TO_SEND}`);
    },
  };
}

function* readFile(input: ByteFeed, recognise: (format: AudioFormat) => void): Reading<Verdict> {
  yield* input.fill(FORMAT_LENGTH);
  const start = input.latin1(0, FORMAT_LENGTH);
  if (start === "") return refuse("EMPTY", `This file is empty. ${WHAT_TO_SEND}`);

  if (/^(RIFF|RF64)....WAVE/s.test(start) || (start.length < FORMAT_LENGTH && /^(RIFF|RF64)/.test(start))) {
    recognise("wav");
    return yield* readWav(input);
  }
  if (start.startsWith("fLaC")) {
    recognise("flac");
    return yield* readFlac(input);
  }
  if (start.startsWith("ID3") || start.startsWith("APETAGEX")) return yield* readTagged(input, recognise);
  if (FIRST_BOXES.has(start.slice(4, 8))) {
    const picture = describeIsoPicture(start);
    if (picture) return refuse("UNSUPPORTED_FORMAT", picture);
    recognise("m4a");
    return yield* readMp4(input);
  }
  yield* input.fill(SIGNATURE_LENGTH);
  const foreign = describeForeign(input.latin1(0, SIGNATURE_LENGTH));
  if (foreign) return refuse("UNSUPPORTED_FORMAT", foreign);
  return yield* readMp3(input, false, () => recognise("mp3"));
}

function* readTagged(input: ByteFeed, recognise: (format: AudioFormat) => void): Reading<Verdict> {
  recognise("mp3");
  yield* skipTags(input);
  if (!(yield* input.fill(7))) return refuseCutOff("MP3");
  if (input.latin1(0, 4) === "fLaC") {
    recognise("flac");
    return yield* readFlac(input);
  }
  const adts = describeAdts(input.latin1(0, 7));
  if (adts) return refuse("UNSUPPORTED_FORMAT", adts);
  return yield* readMp3(input, true, () => recognise("mp3"));
}
