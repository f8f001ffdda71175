import { DIMENSIONS } from "@crescendai/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type HeardRecording, hear } from "../support/heard.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { MINUET } from "../support/samples.ts";

/*
 * What a pianist is told depends on the playing, not on what the telephone saves it as: the sample as WAV, and as MP3 and M4A of
 * 48 kbit/s (tests/fixtures/README.md).
 */

const CODED = ["MP3", "M4A"] as const;

/** Points by which a score may differ, and seconds by which a moment may. */
const POINTS = 1;
const SECONDS = 0.5;

let mesh: Mesh;
const heard = new Map<string, HeardRecording>();

beforeAll(async () => {
  mesh = await startMesh();
  for (const [format, { mime, bytes }] of Object.entries(MINUET)) {
    heard.set(format, await hear(mesh, `player-of-${format}`, bytes, mime));
  }
});
afterAll(() => mesh.close());

function of(format: string): HeardRecording {
  const found = heard.get(format);
  if (found === undefined) throw new Error(`${format} wasn't listened to`);
  return found;
}

/** A sentence without its numbers: which finding it is, and what it advises. */
function kindOf(sentence: string): string {
  return sentence.replaceAll(/\d+(?:[.:]\d+)*/g, "#");
}

/** Moments that a sentence names, in seconds, in their order. */
function momentsIn(sentence: string): number[] {
  return [...sentence.matchAll(/\b(\d+):(\d\d(?:\.\d+)?)/g)].map(
    ([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds),
  );
}

/** What is observed passage by passage, in alphabetical order: which of two findings is the stronger one may change. */
function observedIn({ feedback }: HeardRecording): string[][] {
  return feedback.temporal_feedback.map(({ observations }) =>
    observations.toSorted((a, b) => (kindOf(a) < kindOf(b) ? -1 : 1)),
  );
}

/** What is taught of it, insight by insight. */
function insightsIn({ result }: HeardRecording): string[] {
  return result.temporal_feedback
    .flatMap(({ timestamp, insights }) =>
      insights.map(({ category, observation }) => `${timestamp} ${category}: ${kindOf(observation)}`),
    )
    .toSorted();
}

/** Scores in the references of insights, "rhythmic_precision 72 ± 6; …", by dimension. */
function scoresIn({ result }: HeardRecording): Map<string, number> {
  const references = result.temporal_feedback.flatMap(({ insights }) =>
    insights.flatMap(({ score_reference }) => [...score_reference.matchAll(/^(\w+) (\d+) ± /g)]),
  );
  return new Map(references.map(([, dimension, score]) => [dimension ?? "", Number(score)]));
}

describe("one performance in three formats", () => {
  it("is scored in every dimension", () => {
    const { overall_assessment, metadata } = of("WAV").feedback;
    expect(metadata.heard).toBe("music");
    for (const dimension of DIMENSIONS)
      expect(overall_assessment.dimension_scores[dimension], dimension).not.toBeNull();
  });

  it.each(CODED)("has the twelve scores of the WAV within a point as %s", (format) => {
    const expected = of("WAV").feedback.overall_assessment.dimension_scores;
    const scores = of(format).feedback.overall_assessment.dimension_scores;
    for (const dimension of DIMENSIONS) {
      const difference = (scores[dimension] ?? 0) - (expected[dimension] ?? 0);
      expect(Math.abs(difference), dimension).toBeLessThanOrEqual(POINTS);
    }
  });

  it.each(CODED)(
    "has scores within a point in the result, where they are told with what was found, as %s",
    (format) => {
      const expected = scoresIn(of("WAV"));
      const scores = scoresIn(of(format));
      expect(expected.size).toBeGreaterThan(1);
      expect([...scores.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
      for (const [dimension, score] of scores)
        expect(Math.abs(score - (expected.get(dimension) ?? 0)), dimension).toBeLessThanOrEqual(POINTS);
    },
  );

  it.each(CODED)("is divided into the same passages as %s", (format) => {
    const passagesOf = ({ feedback }: HeardRecording) => feedback.temporal_feedback;
    const expected = passagesOf(of("WAV"));
    const passages = passagesOf(of(format));
    expect(passages).toHaveLength(expected.length);
    for (const [index, { start_time, end_time }] of passages.entries()) {
      expect(Math.abs(start_time - (expected[index]?.start_time ?? 99))).toBeLessThanOrEqual(SECONDS);
      expect(Math.abs(end_time - (expected[index]?.end_time ?? 99))).toBeLessThanOrEqual(SECONDS);
    }
    const stampsOf = ({ result }: HeardRecording) =>
      result.temporal_feedback.map(({ timestamp }) => timestamp);
    expect(stampsOf(of(format))).toEqual(stampsOf(of("WAV")));
  });

  it.each(CODED)("has the same findings as %s, in the feedback and in the result", (format) => {
    const kindsOf = (one: HeardRecording) => observedIn(one).map((observations) => observations.map(kindOf));
    expect(kindsOf(of(format))).toEqual(kindsOf(of("WAV")));
    expect(insightsIn(of(format))).toEqual(insightsIn(of("WAV")));
  });

  it.each(CODED)("has them at the same moments as %s", (format) => {
    const momentsOf = (one: HeardRecording) => observedIn(one).flat().map(momentsIn);
    const expected = momentsOf(of("WAV"));
    expect(expected.flat().length).toBeGreaterThan(4);
    for (const [index, moments] of momentsOf(of(format)).entries()) {
      expect(moments).toHaveLength(expected[index]?.length ?? -1);
      moments.forEach((moment, at) => {
        // Told in whole seconds: half a second may make one of them another.
        expect(Math.abs(moment - (expected[index]?.[at] ?? 99))).toBeLessThanOrEqual(1);
      });
    }
  });

  it.each(["WAV", ...CODED])("has its hesitation named where it is as %s", (format) => {
    const told = of(format).feedback.temporal_feedback.flatMap(({ observations }) => observations);
    // Nothing sounds from 11.44 s to 12.38 s (samples/README.md).
    expect(told.find((text) => text.startsWith("A pause of"))).toMatch(/nothing sounds around 0:1[12]\b/);
  });
});
