import type { Feedback, Heard } from "@crescendai/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordingsOf, sendUpload, uploadForm } from "../support/client.ts";
import { hear } from "../support/heard.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import {
  claiming,
  damagedInTheMiddle,
  whiteNoise,
  withAlbumArt,
  withLargeTag,
  zipOfMp3,
} from "../support/odd-files.ts";
import { expectProblem } from "../support/problem.ts";
import { MINUET, MINUET_RATE, MINUET_SECONDS, minuetStart, noPiano } from "../support/samples.ts";
import { silence, sine, wavFile } from "../support/wav.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const MP3 = "audio/mpeg";
const WAV = "audio/wav";
const M4A = "audio/mp4";

/** Ten seconds of a piano. */
const PIANO = minuetStart(10);
const PIANO_WAV = wavFile(PIANO, MINUET_RATE);

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

/** Everybody sends one thing. */
const userOf = (what: string) => `sender-of-${what.replaceAll(/[^a-z0-9]+/gi, "-")}`.slice(0, 60);

/** All sentences of a feedback. */
function sentences({ metadata, temporal_feedback, overall_assessment }: Feedback): string {
  const told = temporal_feedback.flatMap(({ observations }) => observations);
  return [...metadata.notes, ...told, ...overall_assessment.strengths].join("\n");
}

interface Unheard {
  readonly what: string;
  readonly file: () => Bytes;
  readonly type: string;
  readonly heard: Heard;
  /** What it is called, and what to do about it. */
  readonly says: RegExp;
  readonly helps: RegExp;
}

const NOT_PIANO: readonly Unheard[] = [
  {
    what: "silence",
    file: () => wavFile(silence(6)),
    type: WAV,
    heard: "silence",
    says: /the recording is silent/,
    helps: /microphone/,
  },
  {
    what: "white noise",
    file: () => wavFile(whiteNoise(6)),
    type: WAV,
    heard: "noise",
    says: /Noise only/,
    helps: /Listen to a few seconds of the file yourself/,
  },
  {
    what: "a sine",
    file: () => wavFile(sine(6)),
    type: WAV,
    heard: "steady_tone",
    says: /steady tone/,
    helps: /Listen to a few seconds of the file yourself/,
  },
  {
    what: "speech",
    file: () => noPiano("speech"),
    type: MP3,
    heard: "speech",
    says: /Somebody speaks/,
    helps: /Send the playing without the talk/,
  },
  {
    what: "drums",
    file: () => noPiano("drums"),
    type: MP3,
    heard: "other_instrument",
    says: /another instrument than a piano/,
    helps: /If it is a piano, a clearer recording/,
  },
  {
    what: "two seconds of piano",
    file: () => wavFile(PIANO.subarray(0, 2 * MINUET_RATE), MINUET_RATE),
    type: WAV,
    heard: "too_short",
    says: /Too short/,
    helps: /Record ten seconds or more/,
  },
];

describe("a recording in which no piano can be judged", () => {
  it.each(NOT_PIANO)(
    "($what) is completed, named, not scored, and what helps is said",
    async ({ what, file, type, heard, says, helps }) => {
      const { feedback } = await hear(mesh, userOf(what), file(), type);
      expect(feedback.metadata.heard).toBe(heard);
      expect(sentences(feedback)).toMatch(says);
      expect(feedback.encouragement).toMatch(helps);
      const { dimension_scores, strengths } = feedback.overall_assessment;
      expect(Object.values(dimension_scores).every((score) => score === null)).toBe(true);
      expect(strengths).toEqual([]);
      expect(feedback.practice_recommendations.immediate_focus).toEqual([]);
    },
  );
});

describe("another instrument that is struck or plucked", () => {
  it.each(["nylon-guitar", "steel-guitar"] as const)(
    "(%s) is answered with a warning that it sounds like no piano, and with little confidence",
    async (name) => {
      const { feedback } = await hear(mesh, userOf(name), noPiano(name), MP3);
      expect(sentences(feedback)).toMatch(/sounds like another instrument than a piano/);
      expect(feedback.metadata.confidence).toBeLessThanOrEqual(0.2);
    },
  );
});

interface Odd {
  readonly what: string;
  readonly file: () => Bytes;
  readonly type: string;
  /** Seconds of sound in it. */
  readonly seconds: number;
  /** What must be said of it; null where nothing needs to be. */
  readonly says: RegExp | null;
}

const PIANO_FILES: readonly Odd[] = [
  {
    what: "clipped",
    file: () =>
      wavFile(
        PIANO.map((sample) => sample * 12),
        MINUET_RATE,
      ),
    type: WAV,
    seconds: 10,
    says: /The recording distorts.*cut off at full scale/s,
  },
  {
    what: "in 8 bits, mono, 44.1 kHz",
    file: () => wavFile(PIANO, MINUET_RATE, 8),
    type: WAV,
    seconds: 10,
    says: null,
  },
  {
    what: "in a WAV whose header claims twice the sound",
    file: () => claiming(PIANO_WAV, 4 * PIANO.length),
    type: WAV,
    seconds: 10,
    says: /The file ends before the length it claims/,
  },
  {
    what: "in a WAV whose header claims no sound at all",
    file: () => claiming(PIANO_WAV, 0),
    type: WAV,
    seconds: 10,
    says: null,
  },
  {
    what: "in an M4A with album art and moov at the end",
    file: () => withAlbumArt(MINUET.M4A.bytes, 300_000),
    type: M4A,
    seconds: MINUET_SECONDS,
    says: null,
  },
  {
    what: "in an MP3 with 10 MB of ID3",
    file: () => withLargeTag(MINUET.MP3.bytes, 10_000_000),
    type: MP3,
    seconds: MINUET_SECONDS,
    says: null,
  },
  {
    what: "in an MP3 damaged in the middle",
    file: () => damagedInTheMiddle(MINUET.MP3.bytes, 9000),
    type: MP3,
    seconds: MINUET_SECONDS,
    says: /The file is damaged at 0:1\d.*can't be read, most of it from 0:1\d on/s,
  },
  {
    what: "in an M4A damaged in the middle",
    file: () => damagedInTheMiddle(MINUET.M4A.bytes, 9000),
    type: M4A,
    seconds: MINUET_SECONDS,
    says: /The file is damaged at 0:1\d.*can't be read, most of it from 0:1\d on/s,
  },
];

describe("a piano", () => {
  it.each(PIANO_FILES)(
    "($what) is heard as one, and what is wrong with the file is said",
    async ({ what, file, type, seconds, says }) => {
      const { feedback } = await hear(mesh, userOf(`one ${what}`), file(), type);
      expect(feedback.metadata.heard).toBe("music");
      expect(Math.abs(feedback.metadata.analysed_duration - seconds)).toBeLessThan(0.2);
      if (says === null)
        expect(sentences(feedback)).not.toMatch(/damaged|distorts|claims|another instrument/);
      else expect(sentences(feedback)).toMatch(says);
    },
  );
});

describe("a file that can't be listened to", () => {
  it.each([
    {
      what: "a ZIP archive named .mp3, with an MP3's frame headers in it",
      file: () => zipOfMp3(MINUET.MP3.bytes),
      type: MP3,
      code: "UNSUPPORTED_MEDIA_TYPE",
      says: /This is a ZIP archive; unpack it first\. Send the recording as WAV, MP3, M4A or FLAC\./,
    },
    {
      what: "a WAV whose header claims a tenth of its sound",
      file: () => claiming(PIANO_WAV, PIANO.length / 5),
      type: WAV,
      code: "VALIDATION_ERROR",
      says: /This WAV file/,
    },
  ] as const)(
    "($what) is refused with what to do, and nothing is kept",
    async ({ what, file, type, code, says }) => {
      const user = userOf(what);
      const answer = await sendUpload(mesh, user, uploadForm(file(), { originalName: "take.mp3" }, type));
      expect((await expectProblem(answer, code)).message).toMatch(says);
      expect(await recordingsOf(mesh, user)).toEqual([]);
    },
  );
});
