import { FindingKindSchema } from "@crescendai/contracts";
import { describe, expect, test } from "vitest";
import { aspectOf } from "../src/coach/own-questions/aspect-of.ts";
import { claimOf } from "../src/coach/own-questions/claims.ts";
import { talk, withAnalysis } from "./support.ts";

/** A question on each side of playing that players ask about by name, with the faults that may be found of it. */
const QUESTIONS: readonly (readonly [question: string, faults: readonly string[]])[] = [
  ["Did I rush?", ["tempo_drift"]],
  ["Did I drag?", ["tempo_drift"]],
  ["Is my legato smooth?", ["detached_passage", "overlapped_passage"]],
  ["Did I hesitate?", ["pause", "hold", "restart"]],
  ["Is my pedal muddy?", ["pedal_blur"]],
  ["Is my tempo steady?", ["unsteady_pulse", "tempo_drift"]],
  ["Are my chords together?", ["chords_not_together"]],
  ["Are my runs even?", ["uneven_runs"]],
  ["Does my melody sing?", ["melody_buried"]],
  ["Is there any noise in my recording?", ["clipping", "too_quiet", "hum", "distant", "damaged", "noise"]],
  ["Is there enough contrast in my playing?", ["narrow_dynamics"]],
];

/** Kinds that are no fault, and whose side of playing tells of them. */
const OTHERS: readonly (readonly [question: string, kinds: readonly string[]])[] = [
  ["Is there a crescendo in my recording?", ["crescendo"]],
  ["Is there a diminuendo in my recording?", ["diminuendo"]],
  ["Where was I loudest?", ["loudest_passage"]],
  ["Where was I softest?", ["softest_passage"]],
  ["Is my pedal muddy?", ["clear_pedal"]],
  ["Is my tempo steady?", ["steady_pulse"]],
  ["Are my chords together?", ["chords_together"]],
  ["Are my runs even?", ["even_runs"]],
  ["Does my melody sing?", ["melody_voiced"]],
  ["Is there enough contrast in my playing?", ["wide_dynamics"]],
  [
    "Is there any noise in my recording?",
    ["silence", "steady_tone", "speech", "other_instrument", "unlike_piano", "talk"],
  ],
];

/** What tools return for a recording with one finding, of which nothing is known but its kind. */
function withKind(kind: string) {
  const finding = { kind, start: 3, end: 5, observation: `Heard: ${kind}.`, suggestion: "", dimension: null };
  return withAnalysis({ findings: [finding], priorities: [] });
}

describe("asked about a side of playing, the coach", () => {
  test.each(QUESTIONS.flatMap(([question, faults]) => faults.map((kind) => [question, kind] as const)))(
    "denies no fault that was found: %s with %s",
    async (question, kind) => {
      const { text } = await talk(question, { results: withKind(kind) });
      expect(text).toContain(`Heard: ${kind}.`);
      expect(text).not.toMatch(/^No\b|was found/);
    },
  );

  test.each(
    QUESTIONS.flatMap(([question, faults]) =>
      FindingKindSchema.options
        .filter((kind) => !faults.includes(kind))
        .map((kind) => [question, kind] as const),
    ),
  )("agrees with no fault that wasn't found: %s with %s", async (question, kind) => {
    const { text } = await talk(question, { results: withKind(kind) });
    const asksForFault = /\b(rush|drag|hesitate|muddy|noise)\b/.test(question);
    expect(text).not.toMatch(asksForFault ? /^Yes/ : /^(No|Not quite)\. /);
  });

  test.each(
    [...QUESTIONS, ...OTHERS].flatMap(([question, kinds]) => kinds.map((kind) => [question, kind] as const)),
  )("tells of what was found: %s with %s", async (question, kind) => {
    expect((await talk(question, { results: withKind(kind) })).text).toContain(`Heard: ${kind}.`);
  });

  test("knows every kind of finding by a question", () => {
    const known = new Set([...QUESTIONS, ...OTHERS].flatMap(([, kinds]) => kinds));
    expect(FindingKindSchema.options.filter((kind) => !known.has(kind))).toEqual([]);
  });

  test("takes a change of tempo for what it is: a rush is no dragging", async () => {
    const of = (tempo_change_percent: number) =>
      withAnalysis({
        findings: [
          {
            kind: "tempo_drift",
            start: 3,
            end: 5,
            observation: "It changes.",
            evidence: { tempo_change_percent },
          },
        ],
      });
    expect((await talk("Did I rush?", { results: of(6) })).text).toMatch(/^Yes\. /);
    expect((await talk("Did I drag?", { results: of(-6) })).text).toMatch(/^Yes\. /);
    expect((await talk("Did I rush?", { results: of(-6) })).text).toMatch(
      /^No rushing was found.*It changes\./s,
    );
  });

  test("denies nothing of what an analysis found without saying what kind it is", async () => {
    const findings = [{ start: 3, end: 5, observation: "It blurs.", dimension: "pedaling_technique" }];
    const { text } = await talk("Is my pedal muddy?", { results: withAnalysis({ findings }) });
    expect(text).toBe("What was heard of that in your recording “minuet.wav”:\n\nAt 0:03–0:05: It blurs.");
  });

  test("denies nothing of a recording that wasn't listened to", async () => {
    const unread = { findings: [], dimensions: {}, strengths: [], weakest: [], notes: ["It waits."] };
    const { text } = await talk("Is my pedal muddy?", { results: withAnalysis(unread) });
    expect(text).not.toContain("No blurred pedal");
    expect(text).toContain("It waits.");
  });
});

describe("what a message claims of a side of playing", () => {
  test.each([
    ["Is my pedal muddy?", "bad"],
    ["Isn't my pedal muddy?", "bad"],
    ["My pedal isn't muddy", "good"],
    ["I never hesitate. Agree?", "good"],
    ["I played it without stopping", "good"],
    ["I always speed up without noticing", "bad"],
    ["My chords are perfectly together", "good"],
    ["My chords aren't together", "bad"],
    ["My pedal is perfectly clean, isn't it?", "good"],
    ["I didn't rush, did I?", "good"],
    ["My playing is fluent and without pauses", "good"],
    ["Did the left hand drown the melody?", "bad"],
    ["Where did I rush?", null],
    ["How was my pedal: muddy or clean?", null],
  ])("%s", (message, claim) => {
    const aspect = aspectOf(message);
    expect(aspect === null ? "no aspect" : claimOf(message, aspect)).toBe(claim);
  });
});
