import { describe, expect, test } from "vitest";
import { RESULTS, talk } from "./support.ts";

describe("asked how something is done, the coach", () => {
  test("looks up what the question is about, and what is done about it", async () => {
    const { rounds, text } = await talk("How do I keep a steady rhythm?");
    expect(rounds).toEqual([
      [{ name: "search_knowledge_base", arguments: { query: "keep steady rhythm", top_k: 10 } }],
      [
        {
          name: "search_knowledge_base",
          arguments: { query: "keep steady rhythm exercises, minutes", top_k: 10 },
        },
      ],
    ]);
    expect(text).toContain("[1] A steady pulse");
  });

  test("knows what “it” is from what was said before", async () => {
    const { messages } = await talk("What should I work on first?");
    const { rounds, text } = await talk("How do I fix it?", { before: messages });
    expect(rounds).toMatchObject([
      [{ name: "search_knowledge_base", arguments: { query: "practising rhythmic precision" } }],
    ]);
    expect(text).toContain(
      "For rhythmic precision, the library has nothing else that I can find. Once more:",
    );
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
    expect(text).toContain("For rhythmic precision, the library");
    expect(text).toContain("[1] A steady pulse, CrescendAI");
  });

  test("knows “this” as what was last asked of the library, and passes over what it didn't know", async () => {
    const first = await talk("How do I practise trills?");
    const second = await talk("Explain VAT to me.", { before: first.messages });
    const results = {
      search_knowledge_base: {
        results: [
          { number: 1, title: "Trills", author: null, section: "", excerpt: "Play a slow trill. Ten times." },
        ],
      },
    };
    const known = await talk("How do I practise trills?", { results });
    const after = await talk("Explain VAT to me.", { before: known.messages });
    const { text } = await talk("Give me an exercise for this.", { before: after.messages, results });
    expect(text).toContain("The library has nothing else that I can find. Once more: Play a slow trill.");
    // Without an answer of the library it is the weakest dimension of the recording that is at hand.
    const { rounds } = await talk("Give me an exercise for this.", { before: second.messages });
    expect(rounds[0]).toMatchObject([{ name: "get_performance_analysis" }]);
  });

  test("gives another exercise each time it is asked, as long as there is one", async () => {
    const step = (number: number, excerpt: string) => ({
      number,
      title: "Rhythm",
      author: null,
      section: "",
      excerpt,
    });
    const results = {
      ...RESULTS,
      search_knowledge_base: {
        results: [
          step(
            1,
            "- Clap the rhythm of four bars twice.\n- Count the rhythm aloud for two minutes.\n- Rhythm is life.",
          ),
        ],
      },
    };
    let { messages, text } = await talk("What should I work on first?", { results });
    expect(text).toContain("Clap the rhythm of four bars twice. [1]");
    ({ messages, text } = await talk("How do I fix it?", { before: messages, results }));
    expect(text).toContain("Count the rhythm aloud for two minutes. [1]");
  });

  test("explains rather than tells where it is asked what a thing is", async () => {
    const excerpt = "Try rubato in four bars, twice.\n\nRubato is time that is taken and given back.";
    const results = {
      search_knowledge_base: {
        results: [{ number: 1, title: "Rubato", author: null, section: "", excerpt }],
      },
    };
    expect((await talk("What is rubato?", { results })).text).toContain("Rubato is time that is taken");
    expect((await talk("How do I play rubato?", { results })).text).toContain("Try rubato in four bars");
  });

  test("reads on in the document that is about the question for something to do", async () => {
    const found = (number: number, title: string, excerpt: string) => ({
      number,
      title,
      author: null,
      section: "",
      excerpt,
    });
    const search = ({ query }: { query: string }) => ({
      results: query.includes("exercises")
        ? [
            found(2, "Hands that leap", "Practise the left hand and the melody. Ten times."),
            found(
              3,
              "When the left hand drowns the melody",
              "## Exercises\n\nThe left hand is silent. Six times.",
            ),
          ]
        : [
            found(
              1,
              "When the left hand drowns the melody",
              "The left hand is heavy by nature, so it is loud.",
            ),
          ],
    });
    const results = { ...RESULTS, search_knowledge_base: search };
    const { text } = await talk("My left hand drowns the melody", { results });
    expect(text).toContain("The library says: The left hand is silent. Six times. [3]");
  });

  test("looks also for what books call the same", async () => {
    const { rounds } = await talk("I can't get the jumps in my left hand");
    expect(rounds[1]?.[0]?.arguments).toMatchObject({
      query: "jumps left hand leap leaps exercises, minutes",
    });
  });

  test("says what was heard in the recording of what the player tells", async () => {
    const results = structuredClone(RESULTS);
    const observation = "The top voice is hard to hear.";
    Object.assign(Object(results["get_performance_analysis"]), {
      findings: [{ start: 3, end: 4, observation, suggestion: "", dimension: "tone_quality" }],
    });
    const excerpt = "Play the melody alone, then let the left hand drown it. Six times.";
    const title = "The left hand drowns the melody";
    Object.assign(results, {
      search_knowledge_base: { results: [{ number: 1, title, author: null, section: "", excerpt }] },
    });
    const content = `Data: ${JSON.stringify(results["get_performance_analysis"])}`;
    const before = [{ role: "system" as const, content }];
    const { text } = await talk("My left hand drowns the melody", { before, results });
    expect(text).toMatch(
      /^In your recording “minuet.wav” this was heard of it: At 0:03–0:04: The top voice is hard to hear\.\n\nThe library/,
    );
  });

  test("says what helps first to whoever tells of pain, and nothing to practise", async () => {
    const excerpt = [
      "## Why it happened\n\n- Octaves: the wrist is fixed. Practise them softly. Ten times.",
      "## Exercises\n\nPlay octaves with a free wrist. Ten times.",
      "## First aid\n\nStop octaves today. See a doctor if it returns.",
    ].join("\n\n");
    const title = "Wrists hurt after octaves";
    const results = {
      search_knowledge_base: { results: [{ number: 1, title, author: null, section: "", excerpt }] },
    };
    const { rounds, text } = await talk("My wrists hurt after octaves", { results });
    expect(rounds[1]?.[0]?.arguments).toMatchObject({
      query: expect.stringMatching(/^wrists hurt octaves .*first aid: stop, rest, doctor$/),
    });
    expect(text).toContain("The library says: Stop octaves today. See a doctor if it returns. [1]");
  });

  test.each([
    ["beginner", "Beginners, adults: practise trills twice ten minutes.", "[1]"],
    ["advanced", "Advanced: practise trills for an hour.", "[2]"],
  ])("prefers what is for the player's level: %s", async (experience_level, step, number) => {
    const excerpt = [
      "- Intermediate: practise trills for thirty minutes.",
      "- Beginners, adults: practise trills twice ten minutes.",
      "- Advanced: practise trills for an hour.",
    ].join("\n");
    const passage = (at: number, title: string) => ({
      number: at,
      title,
      author: null,
      section: "",
      excerpt,
    });
    const results = {
      search_knowledge_base: {
        results: [passage(1, "Trills for beginners"), passage(2, "Trills at the advanced level")],
      },
    };
    const before = [
      { role: "system" as const, content: `Data: ${JSON.stringify({ goals: [], experience_level })}` },
    ];
    const { text } = await talk("How do I play trills?", { before, results });
    expect(text).toContain(`${step} ${number}`);
  });

  test("knows it also from its own words, where the results are gone from the history", async () => {
    const before = [
      { role: "system" as const, content: "You are a coach." },
      { role: "assistant" as const, content: "Work on the pedal first." },
    ];
    const { rounds } = await talk("How do I fix this?", { before });
    expect(rounds[0]).toMatchObject([{ arguments: { query: "practising pedaling technique" } }]);
  });

  test.each([
    "What is the tax law for selling a house?",
    "How do I file my tax return?",
    "Tell me about the capital of France.",
    "Write me a poem about cats.",
    "explain VAT / capital gains to me",
    "what's the weather",
    "who won the world cup",
    "Tell me a joke.",
  ])("says that it doesn't know, whatever the library's nearest passage is: %s", async (question) => {
    const { text } = await talk(question);
    expect(text).toContain("I don't know about that");
    expect(text).toContain("I can tell you what was heard in your recordings");
    expect(text).not.toContain("[1]");
  });

  test("says that it doesn't know where the library has nothing, and that it couldn't look where it failed", async () => {
    const nothing = await talk("How do I play a mordent?", {
      results: { search_knowledge_base: { results: [] } },
    });
    expect(nothing.text).toContain("I don't know about that");
    const failed = await talk("How do I play a mordent?", { results: {} });
    expect(failed.text).toContain("I could not look that up just now");
  });

  test("quotes an exercise in whole sentences, without headings and marks, rather than a test or what is cut off", async () => {
    const passage = (number: number, title: string, section: string, excerpt: string) => ({
      number,
      title,
      author: null,
      section,
      excerpt,
    });
    const about = "A steady rhythm";
    const results = {
      search_knowledge_base: {
        results: [
          passage(
            1,
            `${about}, advanced`,
            "A test of rhythm",
            "## A test of rhythm\n\nRecord the whole work with\nfixed gain. Listen once.",
          ),
          passage(
            2,
            about,
            "",
            [
              "rest of a sentence about rhythm.\n\nA steady rhythm is a habit (see `tempo`).\n",
              "## Practising a steady rhythm\n",
              "1. *Clap it.* Clap the rhythm of **four bars**, with\n   a metronome at 60. Ten times.",
              "2. Play the [same bars](https://example.test) from _memory_.",
              "3. Repeat it tomorrow with the metrono",
            ].join("\n"),
          ),
        ],
      },
    };
    const { text } = await talk("How do I keep a steady rhythm?", { results });
    expect(text).toBe(
      "The library says: Clap it. Clap the rhythm of four bars, with a metronome at 60. Ten times. [2]\n\n[2] A steady rhythm",
    );
  });

  test("owns up to other languages", async () => {
    const { text } = await talk("Wie übe ich Triller langsam?");
    expect(text).toContain("I understand English only.");
    expect((await talk("Как мне играть трели медленно?")).text).toContain("I understand English only.");
    for (const english of ["What is the tax law for selling a house?", "explain capital gains tax"])
      expect((await talk(english)).text).not.toContain("English");
  });

  test("answers only from tools that are offered", async () => {
    const { rounds, text } = await talk("How do I keep a steady rhythm?", { tools: [] });
    expect(rounds).toEqual([]);
    expect(text).toContain("I don't know about that");
  });
});
