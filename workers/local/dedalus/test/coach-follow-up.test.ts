import { describe, expect, test } from "vitest";
import { MINUET } from "./analyses.ts";
import { searchLibrary } from "./library-search.ts";
import { passage, RESULTS, talk, withLibrary } from "./support.ts";

describe("asked about what was spoken of, the coach", () => {
  test("knows what “it” is from what was said before", async () => {
    const { messages } = await talk("What should I work on first?");
    const { rounds, text } = await talk("How do I fix it?", { before: messages });
    expect(rounds[0]).toMatchObject([
      { name: "search_knowledge_base", arguments: { query: "rushing steady tempo subdivide" } },
    ]);
    expect(text).toContain("For rushing, the library has nothing else that I can find. Once more:");
    expect(text).toContain("[1]");
  });

  test.each([
    "how can I improve that",
    "give me an exercise for this",
    "What can I do about it?",
    "Any tips for that?",
    "An exercise, please.",
    "what exercise helps with that",
    "something to practise for it please",
    "Show me an exercise for this",
    "thanks, give me another exercise",
  ])("gives an exercise with its source for what was spoken of: %s", async (question) => {
    const { messages } = await talk("What's my weakest area");
    const { text } = await talk(question, { before: messages });
    expect(text).toContain("For rushing, the library");
    expect(text).toContain("[1] A steady pulse, CrescendAI");
  });

  test("knows “this” as what was last asked of the library, and passes over what it didn't know", async () => {
    const first = await talk("How do I practise trills?");
    const second = await talk("Explain VAT to me.", { before: first.messages });
    const results = withLibrary(passage("Trills", "Play a slow trill. Ten times."));
    const known = await talk("How do I practise trills?", { results });
    const after = await talk("Explain VAT to me.", { before: known.messages });
    const { text } = await talk("Give me an exercise for this.", { before: after.messages, results });
    expect(text).toContain("The library has nothing else that I can find. Once more: Play a slow trill.");
    // Without an answer of the library it is the weakest dimension of the recording that is at hand.
    const { rounds } = await talk("Give me an exercise for this.", { before: second.messages });
    expect(rounds[0]).toMatchObject([{ name: "get_performance_analysis" }]);
  });

  test.each([
    "How do I practise sightreading?",
    "How do I practise without a piano?",
    "How do I practise études?",
  ])("goes on to another topic, however the one before was called: %s", async (question) => {
    const results = {
      ...RESULTS,
      ...withLibrary(
        passage("Mental practice", "Read two bars and hear them. Ten times."),
        passage("Études", "Play the étude in blocks. Ten times."),
        passage("Sight-reading", "Read a line at sight. Ten times."),
        passage("Trills", "Play a slow trill. Ten times."),
      ),
    };
    const { messages } = await talk(question, { results });
    const { text } = await talk("And trills?", { before: messages, results });
    expect(text).toContain("Play a slow trill.");
  });

  test("stays with what was asked about, whatever words an exercise for it has", async () => {
    const excerpt = [
      "- Play a trill in every dynamic. Ten times.",
      "- Play a trill with the softest pedal. Ten times.",
      "- Play a slow trill. Ten times.",
    ].join("\n");
    const results = { ...RESULTS, ...withLibrary(passage("Trills: exercises", excerpt)) };
    let { messages, text } = await talk("How do I practise trills?", { results });
    for (const next of ["with the softest pedal", "a slow trill"]) {
      ({ messages, text } = await talk("Give me another exercise", { before: messages, results }));
      expect(text).toContain(next);
    }
  });

  test("says no step again that was quoted with another", async () => {
    const excerpt = [
      "1. Play a trill of six notes and stop.",
      "2. Play a trill of eight notes to a beat, with the dynamic of a whisper, ten times in a row.",
      "3. Add the ending of the trill, and lead it into the next note without a gap.",
    ].join("\n");
    const results = { ...RESULTS, ...withLibrary(passage("Trills: exercises", excerpt)) };
    const first = await talk("How do I practise trills?", { results });
    expect(first.text).toContain("six notes and stop. Play a trill of eight notes");
    const { text } = await talk("Give me another exercise", { before: first.messages, results });
    expect(text).toContain("The library says: Add the ending of the trill");
  });

  test("says where something is that was spoken of, and stays with it", async () => {
    const results = { ...RESULTS, get_performance_analysis: MINUET };
    const first = await talk("Did I rush?", { results });
    const where = await talk("where exactly?", { before: first.messages, results });
    expect(where.text).toMatch(/^In your recording “minuet\.wav”:\n- The beat gets 6\.5 % faster[^\n]*$/);
    const { rounds } = await talk("How do I fix it?", { before: where.messages, results });
    expect(rounds[0]).toMatchObject([{ arguments: { query: "rushing steady tempo subdivide" } }]);
  });

  test("knows “it” as the first thing that stands out at a time", async () => {
    const results = { ...RESULTS, get_performance_analysis: MINUET };
    const { messages } = await talk("What happened at second 12?", { results });
    const { rounds } = await talk("How do I fix it?", { before: messages, results });
    expect(rounds[0]).toMatchObject([
      { arguments: { query: "recovering stops hesitations practising across gap" } },
    ]);
  });

  test("knows “it” as the place that it named as the first to work on", async () => {
    const results = { ...RESULTS, get_performance_analysis: MINUET };
    const first = await talk("What should I work on first?", { results });
    expect(first.text).toMatch(/^Work on this first: Continuity\. A gap/);
    const { rounds } = await talk("How do I fix it?", { before: first.messages, results });
    expect(rounds[0]).toMatchObject([
      { arguments: { query: "recovering stops hesitations practising across gap" } },
    ]);
  });

  test("doesn't take what the library was asked about for what was found in the recording", async () => {
    const results = { ...RESULTS, get_performance_analysis: MINUET, search_knowledge_base: searchLibrary() };
    const first = await talk("How do I memorise a fugue?", { results });
    const { text } = await talk("How long should I do that each day?", { before: first.messages, results });
    expect(text).toMatch(/^The library says: .*How much to practise each day/s);
  });

  test("takes “and the pedal?” for the same question of something else", async () => {
    const { messages } = await talk("How was my rhythm?");
    const { text } = await talk("And the pedal?", { before: messages });
    expect(text).toContain("pedaling technique is at about 71 of 100");
  });

  test("explains what was spoken of when asked to", async () => {
    const excerpt = "Try rubato in four bars, twice.\n\nRubato is time that is taken and given back.";
    const results = withLibrary(passage("Rubato", excerpt));
    const { messages } = await talk("How do I play rubato?", { results });
    const { text } = await talk("Explain that, please.", { before: messages, results });
    expect(text).toContain("Rubato is time that is taken");
  });

  test("gives another exercise each time it is asked, as long as there is one", async () => {
    const excerpt =
      "- Clap the rhythm of four bars twice.\n- Count the rhythm aloud for two minutes.\n- Rhythm is life.";
    const results = { ...RESULTS, ...withLibrary(passage("Rhythm", excerpt)) };
    let { messages, text } = await talk("What should I work on first?", { results });
    expect(text).toContain("Clap the rhythm of four bars twice. [1]");
    ({ messages, text } = await talk("How do I fix it?", { before: messages, results }));
    expect(text).toContain("Count the rhythm aloud for two minutes. [1]");
  });

  test("looks further where all was said: in what else is filed under the dimension", async () => {
    const { messages } = await talk("What should I work on first?");
    const leaps = passage("Leaps", "Leap and stop, five times. Look at the key first.");
    const search = ({ filters }: { readonly filters?: { readonly dimension?: string } }) => ({
      results:
        filters?.dimension !== undefined
          ? [{ number: 2, ...leaps }]
          : [
              {
                number: 1,
                ...passage(
                  "A steady pulse",
                  "Set the metronome to half the tempo and clap the rhythm of four bars. Then play them.",
                ),
              },
            ],
    });
    const results = { ...RESULTS, search_knowledge_base: search };
    const { rounds, text } = await talk("Another exercise please", { before: messages, results });
    expect(rounds.flat().map((call) => JSON.stringify(call.arguments))).toContainEqual(
      expect.stringContaining('"filters":{"dimension":"rhythmic_precision"}'),
    );
    expect(text).toContain("For rushing, the library says: Leap and stop, five times.");
    expect(text).toContain("[2] Leaps");
  });

  test("reads another document on what was asked about where one was quoted", async () => {
    const search = ({ query, filters }: { readonly query: string; readonly filters?: object }) => ({
      results:
        filters === undefined
          ? [
              { number: 1, ...passage("Trills", "Play a slow trill. Ten times.") },
              { number: 2, ...passage("Advanced trills", "A trill is an ornament that is played fast.") },
              ...(query.startsWith("Advanced trills")
                ? [{ number: 3, ...passage("Advanced trills", "Play a trill with a melody. Five times.") }]
                : []),
            ]
          : [],
    });
    const results = { ...RESULTS, search_knowledge_base: search };
    const { messages, text } = await talk("How do I practise trills?", { results });
    expect(text).toContain("Play a slow trill.");
    const another = await talk("Another exercise please", { before: messages, results });
    expect(another.text).toContain("The library says: Play a trill with a melody. Five times. [3]");
  });

  test("knows it also from its own words, where the results are gone from the history", async () => {
    const before = [
      { role: "system" as const, content: "You are a coach." },
      { role: "assistant" as const, content: "Work on the pedal first." },
    ];
    const { rounds } = await talk("How do I fix this?", { before });
    expect(rounds[0]).toMatchObject([{ arguments: { query: "practising pedaling technique" } }]);
  });
});
