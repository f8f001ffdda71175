import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import {
  type Analysis,
  AnalysisSchema,
  DEFAULT_CONTEXT,
  FeedbackSchema,
  ok,
  type RecordingComparison,
  RecordingComparisonSchema,
  type Result,
  type StoredRecording,
} from "@crescendai/contracts";
import fc from "fast-check";
import * as v from "valibot";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import FeedbackService from "../src/index.ts";
import { compareTakes as compareTakesIn, type Take } from "../src/readings/compare-takes.ts";
import { anyAnalysis } from "./support/any-analysis.ts";
import { composeFeedback } from "./support/compose.ts";
import { analysisOf, earlierOf, META, notesOf, readings } from "./support/heard-music.ts";
import { deliver, storeWaiting, ticketFor } from "./support/jobs.ts";
import { hideRecording, migrateDatabases } from "./support/recordings.ts";
import { ask, post, read } from "./support/requests.ts";
import { unwrap } from "./support/results.ts";

const compareTakes = (takes: readonly Take[]) => compareTakesIn(takes, "usual");

/** Sketches of two pieces, which have nothing in common. */
const MINUET = Array.from({ length: 64 }, (_, word) => word);
const SCHERZO = MINUET.map((word) => 1000 + word);

function take(day: number, analysis: Analysis | null): Take {
  const created_at = `2026-11-0${day}T10:00:00.000Z`;
  return {
    recording: {
      id: `00000000-0000-4000-8000-00000000000${day}`,
      filename: `${day}.wav`,
      duration: 40,
      created_at,
      status: analysis === null ? "uploaded" : "completed",
    },
    heard: analysis === null ? null : { analysis, created_at },
  };
}

const phrasing = (score: number, sketch = MINUET) =>
  analysisOf({ sketch, dimensions: readings({ phrasing: score }) });

const daysOf = ({ compared }: RecordingComparison) =>
  compared === null ? null : [Number(compared.from.slice(-1)), Number(compared.to.slice(-1))];

describe("recordings side by side", () => {
  test("are told apart by the rule of feedback: what it says of two takes is said here in the same words", () => {
    const [before, now] = [phrasing(60), phrasing(68)];
    const { changes, statements, compared } = compareTakes([take(2, now), take(1, before)]);
    expect(compared?.same_music).toBe(true);
    // ± 7 each, half of it in common: ± 7 together, and not √98.
    expect(changes[0]).toEqual({
      dimension: "phrasing",
      from: 60,
      to: 68,
      change: 8,
      uncertainty: 7,
      certain: true,
    });
    expect(changes.slice(1).every(({ certain }) => !certain)).toBe(true);
    const { metadata } = composeFeedback(now, DEFAULT_CONTEXT, META, [earlierOf(before)]);
    expect(metadata.changes).toMatchObject([{ of: "phrasing", before: 60, now: 68 }]);
    expect(statements).toEqual([
      "Phrasing reads higher than on 1 November: about 68 instead of 60, more than the ± 7 that the comparison may err by.",
    ]);
  });

  test("a change within its uncertainty is none, and that is said as in feedback", () => {
    const { changes, statements, notes } = compareTakes([take(1, phrasing(60)), take(2, phrasing(66))]);
    expect(changes[0]).toMatchObject({ dimension: "phrasing", change: 6, certain: false });
    expect(statements).toEqual([]);
    expect(notes.join(" ")).toContain("no difference between the two takes is larger than the uncertainty");
  });

  test("say of any two takes of the same music neither more nor less than feedback on the later one", () => {
    const anyMusic = anyAnalysis(fc.constant<Analysis["heard"]>("music"));
    fc.assert(
      fc.property(anyMusic, anyMusic, (one, other) => {
        const [before, now] = [one, other].map((analysis) => ({ ...analysis, sketch: MINUET }));
        if (before === undefined || now === undefined) return;
        const { statements, changes } = compareTakes([take(1, before), take(2, now)]);
        const earlier = earlierOf(before, { created_at: "2026-11-01T10:00:00.000Z", same_music: 1 });
        const { metadata } = composeFeedback(now, DEFAULT_CONTEXT, META, [earlier]);
        expect(statements).toHaveLength(metadata.changes.length);
        for (const { of, before: from, now: to } of metadata.changes) {
          const rated = changes.find(({ dimension }) => dimension === of);
          if (rated !== undefined) expect(rated).toMatchObject({ from, to, certain: true });
        }
      }),
      { seed: 20_261_128, numRuns: 60 },
    );
  });

  test("what was measured is compared as well", () => {
    const uneven = analysisOf({ sketch: MINUET, measurements: { notes: notesOf({ unevenness_ms: 21 }) } });
    const even = analysisOf({ sketch: MINUET, measurements: { notes: notesOf({ unevenness_ms: 9 }) } });
    expect(compareTakes([take(1, uneven), take(2, even)]).statements).toEqual([
      "Your running notes are steadier than on 1 November: 9 ms off an even spacing instead of 21.",
    ]);
  });

  test.each([
    ["the newest of two takes of one piece with the older", [MINUET, MINUET], [1, 2], true],
    ["the newest with the earliest of its piece", [MINUET, SCHERZO, MINUET, SCHERZO, MINUET], [1, 5], true],
    ["the newest that has an earlier take", [MINUET, MINUET, SCHERZO], [1, 2], true],
    ["the last with the one before where none is of the same music", [MINUET, SCHERZO], [1, 2], false],
  ] as const)("compares %s", (_name, sketches, days, same) => {
    const takes = sketches.map((sketch, index) => take(index + 1, phrasing(60, [...sketch])));
    const comparison = compareTakes(takes.toReversed());
    expect(daysOf(comparison)).toEqual(days);
    expect(comparison.compared?.same_music).toBe(same);
    expect(comparison.recordings.map(({ filename }) => filename)).toEqual(
      takes.map(({ recording }) => recording.filename),
    );
  });

  test("of different music have differences that err in full, and a note that says so", () => {
    const { changes, statements, notes } = compareTakes([
      take(1, phrasing(60)),
      take(2, phrasing(68, SCHERZO)),
    ]);
    expect(changes[0]).toMatchObject({ change: 8, uncertainty: 9.9, certain: false });
    expect(statements).toEqual([]);
    expect(notes.join(" ")).toContain("don't seem to be of the same music");
  });

  test("stand without scores where nothing was heard, and aren't compared by what different ears heard", () => {
    const noise = analysisOf({ sketch: MINUET, heard: "noise" });
    const { recordings, compared, notes } = compareTakes([
      take(1, null),
      take(2, noise),
      take(3, phrasing(60)),
      take(4, { ...phrasing(80), model_version: "other-1" }),
    ]);
    expect(recordings[0]).toMatchObject({ status: "uploaded", dimensions: {}, weakest: [] });
    expect(recordings).toHaveLength(4);
    expect(compared).toBeNull();
    expect(notes).toEqual([expect.stringContaining("different versions of the analyser")]);
  });

  test("that can't be compared are so for a reason, which names the recording", () => {
    const noise = analysisOf({ sketch: MINUET, heard: "noise" });
    expect(compareTakes([take(1, null), take(2, noise), take(3, phrasing(60))])).toMatchObject({
      compared: null,
      changes: [],
      statements: [],
      notes: [
        "To compare there must be two recordings in which music was heard.",
        "“1.wav” has not been listened to yet.",
        "In “2.wav” no music was heard.",
      ],
    });
    const entries = Object.keys(readings()).map((name) => [
      name,
      { score: null, uncertainty: null, basis: null, reason: "Too short." },
    ]);
    const dimensions = v.parse(AnalysisSchema.entries.dimensions, Object.fromEntries(entries));
    const unscored = analysisOf({ sketch: SCHERZO, dimensions });
    expect(compareTakes([take(1, phrasing(60)), take(2, unscored)]).notes).toContain(
      "No dimension has a score in both recordings.",
    );
  });

  test.each([
    [0.3, 0.9, "in the earlier recording"],
    [0.9, 0.3, "in the later recording"],
    [0.3, 0.3, "in both recordings"],
  ])("aren't compared by scores that are too rough: with confidences of %f and %f", (one, other, where) => {
    const [before, now] = [{ ...phrasing(60), confidence: one }, phrasing(90, SCHERZO)];
    const { changes, notes } = compareTakes([take(1, before), take(2, { ...now, confidence: other })]);
    expect(changes).toEqual([]);
    expect(notes).toEqual([`There is too little to go by ${where} to compare the two.`]);
    const same = compareTakes([take(1, before), take(2, { ...phrasing(90), confidence: other })]);
    expect([...same.changes, ...same.statements]).toEqual([]);
    expect(same.notes.join(" ")).toContain("too little to go by");
  });

  test("are compared by the takes that give enough to go by, where there are such", () => {
    const rough = { ...phrasing(60), confidence: 0.3 };
    expect(daysOf(compareTakes([take(1, rough), take(2, phrasing(60)), take(3, phrasing(90))]))).toEqual([
      2, 3,
    ]);
  });
});

describe("the service, asked to compare", () => {
  beforeAll(migrateDatabases);
  // A ticket is worth the turn of the oldest that waits: nobody may.
  beforeEach(() => env.DB.exec("DELETE FROM analyses"));

  const compare = async (user: string, ids: readonly string[]): Promise<Result<RecordingComparison>> =>
    await new FeedbackService(createExecutionContext(), env).compareRecordings(user, ids);

  async function heard(analysis: Analysis): Promise<StoredRecording> {
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording), { analyse: async () => ok(analysis) });
    return recording;
  }

  test("says what the feedback on the newer take says", async () => {
    const older = await heard(phrasing(60));
    await env.DB.exec("UPDATE analyses SET created_at = '2025-11-02T10:00:00.000Z'");
    await env.DB_RECORDINGS.exec("UPDATE recordings SET created_at = '2025-11-02T10:00:00.000Z'");
    const newer = await heard(phrasing(68));
    const comparison = v.parse(
      RecordingComparisonSchema,
      unwrap(await compare("alice", [newer.id, older.id])),
    );
    expect(comparison.compared).toEqual({ from: older.id, to: newer.id, same_music: true });
    const answer = await ask("alice", `/api/v1/feedback/${newer.id}`, post({}, { prefer: "wait=0" }));
    const feedback = JSON.stringify(await read(answer, FeedbackSchema));
    expect(comparison.statements).toHaveLength(1);
    for (const statement of comparison.statements) expect(feedback).toContain(statement);
  });

  test("finds no recording of somebody else's, and none that is deleted", async () => {
    const [one, other] = [await heard(phrasing(60)), await heard(phrasing(61))];
    expect(await compare("bob", [one.id, other.id])).toMatchObject({ error: { code: "NOT_FOUND" } });
    await hideRecording(other);
    expect(await compare("alice", [one.id, other.id])).toMatchObject({
      error: { code: "NOT_FOUND", message: expect.stringContaining(other.id) },
    });
  });
});
