import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RESULTS, talk } from "./support.ts";

const RECORDING = "0b6ce0f5-5b5c-4f3a-9d7e-2f6c3f1d2a4b";
const SEED = 20_261_128;
const OLDER = "1c7df1a6-6c6d-4a4b-8e8f-3a7d4a2e3b5c";

/** Recordings of these names, the newest first; the session's, `RECORDING`, at a place. */
function recordings(names: readonly string[], own = -1) {
  return names.map((filename, index) => ({
    id: index === own ? RECORDING : `00000000-0000-4000-8000-00000000000${index}`,
    filename,
    created_at: `2026-11-${20 - index}T10:00:00.000Z`,
  }));
}

/** What is compared of these recordings where a question is asked: their places, the oldest first; null if nothing is. */
async function compared(question: string, names: readonly string[], own = -1) {
  const listed = recordings(names, own);
  const { rounds, text } = await talk(question, {
    results: { ...RESULTS, list_recordings: { recordings: listed } },
    ...(own === -1 ? { before: [] } : {}),
  });
  const call = rounds.flat().find(({ name }) => name === "compare_recordings");
  const places = listed.map(({ id }) => JSON.stringify(call?.arguments ?? {}).indexOf(id));
  const order = places
    .map((at, index) => ({ at, index }))
    .filter(({ at }) => at !== -1)
    .toSorted((a, b) => a.at - b.at)
    .map(({ index }) => index);
  return { order: call === undefined ? null : order, text };
}

const FOUR = ["etude.wav", "Minuet.wav", "d960 scherzo.wav", "fuga_take-2.mp3"];

describe("asked about progress, the coach", () => {
  test("compares the takes that there are, the oldest first, and says what has changed in the words of feedback", async () => {
    const { rounds, text } = await talk("Have I made progress?");
    expect(rounds).toEqual([
      [{ name: "list_recordings", arguments: { limit: 50 } }],
      [{ name: "compare_recordings", arguments: { recording_ids: [OLDER, RECORDING] } }],
    ]);
    expect(text).toBe(
      "From “minuet-old.wav” to “minuet.wav”, two takes of the same music:\n" +
        "- The tempo is steadier than on 1 November.",
    );
  });

  test("says first how the side of playing is that was asked about", async () => {
    expect((await talk("Has my phrasing improved?")).text).toContain(
      ":\n- phrasing: no change that is sure (from 50 to 51 of 100, within the ± 15 that comparing them may err by)\n- The",
    );
    // The tempo is told of in words already.
    expect((await talk("Has my rhythm improved?")).text).toContain(":\n- The tempo is steadier");
  });

  test("says that nothing has changed as feedback says it", async () => {
    const notes = ["No difference between the two takes is larger than the uncertainty of comparing them."];
    const same = { ...Object(RESULTS["compare_recordings"]), statements: [], notes };
    const { text } = await talk("Have I improved?", { results: { ...RESULTS, compare_recordings: same } });
    expect(text).toBe(
      `I compared “minuet-old.wav” with “minuet.wav”, two takes of the same music. ${notes[0]}`,
    );
  });

  test("says that it can't be told from different music, and what differs where two are named", async () => {
    const compare_recordings = {
      ...Object(RESULTS["compare_recordings"]),
      compared: { from: OLDER, to: RECORDING, same_music: false },
      statements: [],
    };
    const results = { ...RESULTS, compare_recordings };
    expect((await talk("Have I improved?", { results })).text).toContain(
      "I find no two takes of the same music",
    );
    const { text } = await talk("Compare minuet-old with minuet", { results });
    expect(text).toContain("- rhythmic precision: from 31 to 48 of 100\nThey are different recordings");
    expect(text).not.toContain("phrasing");
  });

  test("looks among all recordings where nothing before the session's is of the same music", async () => {
    const listed = recordings(["minuet 2.wav", "waltz.wav", "minuet 1.wav"], 1);
    const [second, waltz, first] = listed.map(({ id }) => id);
    const compare_recordings = ({ recording_ids }: { readonly recording_ids: readonly string[] }) => ({
      ...Object(RESULTS["compare_recordings"]),
      recordings: listed.toReversed(),
      compared:
        recording_ids.length === 3
          ? { from: first, to: second, same_music: true }
          : { from: first, to: waltz, same_music: false },
    });
    const results = { ...RESULTS, list_recordings: { recordings: listed }, compare_recordings };
    const { rounds, text } = await talk("Have I improved?", { results });
    expect(rounds.slice(1).map(([call]) => call?.arguments)).toEqual([
      { recording_ids: [first, waltz] },
      { recording_ids: [first, waltz, second] },
    ]);
    expect(text).toMatch(
      /^There is no other take of the music of “waltz.wav” before it. From “minuet 1.wav” to “minuet 2.wav”, two takes/,
    );
  });

  test("says so where nothing can be compared", async () => {
    const notes = ["“minuet.wav” has not been listened to yet."];
    const compare_recordings = { recordings: [], compared: null, changes: [], notes };
    const { text } = await talk("Have I improved?", { results: { ...RESULTS, compare_recordings } });
    expect(text).toBe(`I can't compare them. ${notes[0]}`);
  });

  test.each(["Is this better than the other take?", "Which of my takes is better?"])(
    "compares for whoever asks which is better: %s",
    async (question) => {
      expect((await talk(question)).text).toContain("two takes of the same music");
    },
  );

  test("wants two takes", async () => {
    const results = { list_recordings: { recordings: [{ id: RECORDING, filename: "a.wav" }] } };
    expect((await talk("Did I get better?", { results })).text).toContain("I need two recordings");
  });
});

describe("the recordings that are compared", () => {
  test.each([
    ["Compare this recording with minuet.wav", 0, [1, 0]],
    ["Compare Minuet with this recording", 2, [2, 1]],
    ["Compare minuet.wav with d960 scherzo.wav", 0, [2, 1]],
    ["Please compare “d960 scherzo” and “etude”", 1, [2, 0]],
    ['compare "D960 SCHERZO.WAV" to my Minuet', 0, [2, 1]],
    ["How does the scherzo compare to the fuga?", 0, [3, 2]],
    ["Compare this with the scherzo", 0, [2, 0]],
    ["compare fuga take 2 with etude", -1, [3, 0]],
    ["Compare my first recording with my latest recording", 1, [3, 0]],
    ["Compare etude, minuet and d960 scherzo", 0, [2, 1, 0]],
    ["Compare this take with my last one", 1, [3, 2, 1]],
    ["Have I improved?", 1, [3, 2, 1]],
    ["Have I improved?", -1, [3, 2, 1, 0]],
    ["Has my rhythm improved compared to last time?", 0, [3, 2, 1, 0]],
    ["Compare my recordings", -1, [3, 2, 1, 0]],
    ["Compare all my recordings", 2, [3, 2, 1, 0]],
    ["Which is better, etude.wav or minuet.wav?", -1, [1, 0]],
    ["Is my pedaling better than in earlier takes? Compare", 0, [3, 2, 1, 0]],
  ] as const)("are those of: %s (%i)", async (question, own, order) => {
    expect((await compared(question, FOUR, own)).order).toEqual(order);
  });

  test.each([
    ["Compare with waltz.wav", 0, "no recording of yours that is called “waltz.wav”"],
    ["Compare my recording without a piano", 0, "called “my recording without a piano”"],
    ["Compare this recording with waltz.wav", 0, "no recording of yours that is called “waltz"],
    ["Compare this recording with the nocturne", 0, "no recording of yours that is called “nocturne”"],
    ["Compare minuet.wav with waltz.wav", 0, "no recording of yours that is called “waltz"],
    [
      "Compare minuet.wav",
      -1,
      "With which recording shall I compare “Minuet.wav”? You have “etude.wav”, “d960",
    ],
  ] as const)("are asked for where a name doesn't say which: %s", async (question, own, said) => {
    const { order, text } = await compared(question, FOUR, own);
    expect(order).toBeNull();
    expect(text).toContain(said);
  });

  test.each([
    ["Compare minuet.wav with waltz.wav", "etude.wav", [1, 0]],
    ["Compare minuet.wav with waltz.wav", "the scherzo, please", [2, 1]],
    ["Compare minuet.wav", "Etude", [1, 0]],
    ["Compare minuet.wav", "What are my goals?", null],
  ])(
    "are those of the question, with the name that is given in answer: %s – %s",
    async (question, answer, order) => {
      const listed = recordings(FOUR);
      const results = { ...RESULTS, list_recordings: { recordings: listed } };
      const { messages } = await talk(question, { results, before: [] });
      const { rounds } = await talk(answer, { results, before: messages });
      const call = rounds.flat().find(({ name }) => name === "compare_recordings");
      const ids = order?.map((place) => listed[place]?.id);
      expect(call?.arguments).toEqual(ids === undefined ? undefined : { recording_ids: ids });
    },
  );

  test("are asked for where a name fits several, and are told apart by longer names", async () => {
    const names = ["minuet fast.wav", "minuet slow.wav", "minuet.wav", "minuet.mp3", "waltz.wav"];
    const { order, text } = await compared("Compare the waltz with minuet", names);
    expect(order).toBeNull();
    expect(text).toContain(
      "Several of your recordings could be “minuet”: “minuet fast.wav”, “minuet slow.wav”",
    );
    expect((await compared("Compare minuet.mp3 with minuet.wav", names)).order).toEqual([3, 2]);
    expect((await compared("Compare minuet slow with minuet fast", names)).order).toEqual([1, 0]);
    expect((await compared("Compare my minuets", names)).order).toEqual([3, 2, 1, 0]);
  });

  test("of one name are told apart by their days, or by the session's", async () => {
    const names = ["take.wav", "waltz.wav", "take.wav"];
    const { order, text } = await compared("Compare waltz.wav with take.wav", names);
    expect(order).toBeNull();
    expect(text).toContain("“take.wav” of 2026-11-20 10:00, “take.wav” of 2026-11-18 10:00. Which");
    expect((await compared("Compare waltz with that of 2026-11-18", names)).order).toEqual([2, 1]);
    expect((await compared("Compare waltz with take.wav of 2026-11-18 10:00", names)).order).toEqual([2, 1]);
    expect((await compared("Compare take.wav of 2026-11-20 with waltz", names)).order).toEqual([1, 0]);
    expect((await compared("Compare this recording with take.wav", names, 0)).order).toEqual([2, 0]);
    expect((await compared("Compare this take with the waltz", names, 0)).order).toEqual([1, 0]);
  });

  test("are those that are named, whatever their names are and however they are written", async () => {
    const word = fc.stringMatching(/^[bcdfgk-npqrtvxz]{4,8}$/);
    const name = fc.array(word, { minLength: 1, maxLength: 3 });
    const write = fc.constantFrom(
      (words: readonly string[]) => `${words.join(" ")}.wav`,
      (words: readonly string[]) => words.join(" ").toUpperCase(),
      (words: readonly string[]) => `“${words.join("-")}”`,
      (words: readonly string[]) => `"${words.join("_")}.WAV"`,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(name, { minLength: 3, maxLength: 5, selector: (words) => words.join("") }),
        write,
        write,
        fc.constantFrom(
          (a: string, b: string) => `Compare ${a} with ${b}`,
          (a: string, b: string) => `Please compare ${a} to ${b}!`,
          (a: string, b: string) => `How does ${a} compare to ${b}?`,
        ),
        async (names, one, other, question) => {
          // Each name is its own by its first word.
          const own = names.map((words, index) => [`take${index}`, ...words]);
          const files = own.map((words) => `${words.join(" ")}.wav`);
          const asked = question(one(own[0] ?? []), other(own[2] ?? []));
          expect((await compared(asked, files)).order, asked).toEqual([2, 0]);
        },
      ),
      { seed: SEED, numRuns: 40 },
    );
  });
});
