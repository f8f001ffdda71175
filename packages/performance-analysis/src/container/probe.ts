import { ByteFeed } from "./byte-feed.ts";
import type { ByteInput, Reading } from "./byte-input.ts";
import { type AudioFormat, type ProbeFailure, refuse, type Verdict, WHAT_TO_SEND } from "./description.ts";
import { readFlac } from "./flac.ts";
import { readMp3 } from "./mp3.ts";
import { readMp4 } from "./mp4.ts";
import { recogniseFormat } from "./recognise.ts";
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

function* readFile(input: ByteInput, recognise: (format: AudioFormat) => void): Reading<Verdict> {
  const recognised = yield* recogniseFormat(input, recognise);
  if (recognised.format === null) return refuse(recognised.code, recognised.message);
  switch (recognised.format) {
    case "wav":
      return yield* readWav(input);
    case "flac":
      return yield* readFlac(input);
    case "m4a":
      return yield* readMp4(input);
    default:
      return yield* readMp3(input, recognised.isTagged, () => recognise("mp3"));
  }
}
