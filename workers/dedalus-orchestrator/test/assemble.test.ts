import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AnswerPart, concludeAnswer, NOTHING_SO_FAR, takeChunk } from "../src/provider/assemble.ts";
import { readChunk } from "../src/provider/wire.ts";

const SEED = 20_261_128;

/** An answer as some model gives it: words, and calls with arguments. */
const answers = fc.record({
  words: fc.array(fc.string({ minLength: 1 }), { maxLength: 5 }),
  calls: fc.array(
    fc.record({
      name: fc.constantFrom("search_knowledge_base", "get_user_context"),
      arguments: fc
        .dictionary(fc.string(), fc.string(), { maxKeys: 3 })
        .map((value) => JSON.stringify(value)),
    }),
    { maxLength: 4 },
  ),
  /** Where texts are cut, as shares of their length. */
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
  hasIndexes: fc.boolean(),
});

function pieces(text: string, cuts: readonly number[]): string[] {
  const places = [
    0,
    ...cuts.map((cut) => Math.round(cut * text.length)).toSorted((a, b) => a - b),
    text.length,
  ];
  return places.slice(1).map((place, index) => text.slice(places[index], place));
}

/** The parts of some chunks of the wire, one after the other, and what they came to. */
function assemble(deltas: readonly unknown[], finish_reason: string) {
  let soFar = NOTHING_SO_FAR;
  const parts: AnswerPart[] = [];
  const chunks = [
    ...deltas.map((delta) => ({ choices: [{ delta }] })),
    { choices: [{ delta: {}, finish_reason }] },
  ];
  for (const value of chunks) {
    const chunk = readChunk(value);
    if (!chunk.ok) return chunk;
    const taken = takeChunk(soFar, chunk.value);
    if (!taken.ok) return taken;
    soFar = taken.value.soFar;
    parts.push(...taken.value.parts);
  }
  const ending = concludeAnswer(soFar);
  return ending.ok ? { ok: true as const, parts, ending: ending.value } : ending;
}

describe("an answer that comes in pieces", () => {
  test("is the same however it is cut, whether tool calls are numbered or not", () => {
    fc.assert(
      fc.property(answers, ({ words, calls, cuts, hasIndexes }) => {
        const said = calls.flatMap((call, index) => {
          const place = hasIndexes ? { index } : {};
          const [first = "", ...others] = pieces(call.arguments, cuts);
          return [
            { tool_calls: [{ ...place, id: `c${index}`, function: { name: call.name, arguments: first } }] },
            ...others.map((text) => ({ tool_calls: [{ ...place, function: { arguments: text } }] })),
          ];
        });
        const answer = assemble([...words.map((content) => ({ content })), ...said], "stop");
        const text = words.join("");
        if (text.trim() === "" && calls.length === 0) {
          expect(answer).toMatchObject({ ok: false, error: { kind: "malformed" } });
          return;
        }
        if (!answer.ok) throw new Error(answer.error.reason);
        const tokens = answer.parts.map((part) => (part.type === "token" ? part.content : ""));
        expect(tokens.join("")).toBe(text);
        const called = answer.parts.flatMap((part) => (part.type === "tool_call" ? [part.tool_call] : []));
        expect(called.map(({ id, function: { name, arguments: given } }) => [id, name, given])).toEqual(
          calls.map(({ name, arguments: given }, index) => [`c${index}`, name, given]),
        );
        expect(answer.ending.finishReason).toBe(calls.length > 0 ? "tool_calls" : "stop");
      }),
      { seed: SEED },
    );
  });

  test("that isn't an answer is a failure, whatever it is, and never an exception", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const chunk = readChunk(value);
        if (chunk.ok) takeChunk(NOTHING_SO_FAR, chunk.value);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});
