import { describe, expect, test } from "vitest";
import { passage, RESULTS, talk, withAnalysis, withLibrary } from "./support.ts";

describe("asked how something is done, the coach", () => {
  test("looks up what the question is about, what is done about it, and reads on in the document on it", async () => {
    const { rounds, text } = await talk("How do I keep a steady rhythm?", { before: [] });
    const steps = "A steady pulse step by step: first, then, each hand alone, four bars, tempo 60";
    expect(rounds.flat().map((call) => call.arguments)).toEqual([
      { query: "keep steady rhythm", top_k: 10 },
      { query: "keep steady rhythm rhythmic exercises, minutes", top_k: 10 },
      { query: steps, top_k: 10 },
    ]);
    expect(text).toContain("[1] A steady pulse");
  });

  test("explains rather than tells where it is asked what a thing is", async () => {
    const excerpt = "Try rubato in four bars, twice.\n\nRubato is time that is taken and given back.";
    const results = withLibrary(passage("Rubato", excerpt));
    expect((await talk("What is rubato?", { results })).text).toContain("Rubato is time that is taken");
    expect((await talk("How do I play rubato?", { results })).text).toContain("Try rubato in four bars");
  });

  test.each([
    "What does una corda do?",
    "What does una corda mean?",
    "Explain una corda",
    "How does una corda work?",
  ])("looks for what explains, and quotes it rather than a step: %s", async (question) => {
    const steps = "1. Play with una corda, and without it. Ten times each.";
    const results = withLibrary(
      passage("Una corda", steps, { section: "Exercises" }),
      passage("Una corda", "On a grand the left pedal shifts the action, and a string is left unstruck."),
    );
    const { rounds, text, messages } = await talk(question, { results });
    expect(rounds.flat().map((call) => call.arguments)).toContainEqual(
      expect.objectContaining({ query: expect.stringMatching(/^una corda .*strings, keys/i) }),
    );
    expect(text).toContain("The library says: On a grand the left pedal shifts the action");
    expect((await talk(question, { results, before: messages })).text).toBe(text);
  });

  test("reads on in the document that is about the question for something to do", async () => {
    const title = "Trills that limp";
    const found = (number: number, of: string, excerpt: string) => ({ number, ...passage(of, excerpt) });
    const search = ({ query }: { query: string }) => ({
      results: query.includes("exercises")
        ? [
            found(2, "Hands that leap", "Practise leaps and trills. Ten times."),
            found(3, title, "## Exercises\n\nThe wrist is free. Six times."),
          ]
        : [found(1, title, "The fourth finger is slow by nature, so it limps.")],
    });
    const results = { ...RESULTS, search_knowledge_base: search };
    const { text } = await talk("My trills limp", { results });
    expect(text).toContain("The library says: The wrist is free. Six times. [3]");
  });

  test("looks also for what books call the same", async () => {
    const { rounds } = await talk("I can't get the jumps in my left hand");
    expect(rounds[1]?.[0]?.arguments).toMatchObject({
      query: "jumps left hand jump leap exercises, minutes",
    });
  });

  test("says what was heard in the recording of what the player tells", async () => {
    const observation = "The top voice is hard to hear.";
    const excerpt = "Play the melody alone, then let the left hand drown it. Six times.";
    const results = {
      ...withAnalysis({
        findings: [
          { kind: "melody_buried", start: 3, end: 4, observation, suggestion: "", dimension: "tone_quality" },
        ],
      }),
      ...withLibrary(passage("The left hand drowns the melody", excerpt)),
    };
    const content = `Data: ${JSON.stringify(results["get_performance_analysis"])}`;
    const before = [{ role: "system" as const, content }];
    const { text } = await talk("My left hand drowns the melody", { before, results });
    expect(text).toMatch(
      /^In your recording “minuet.wav” this was heard of it: At 0:03–0:04: The top voice is hard to hear\.\n\nFor the balance between melody and accompaniment, the library/,
    );
  });

  test("says what helps first to whoever tells of pain, and nothing to practise", async () => {
    const excerpt = [
      "## Why it happened\n\n- Octaves: the wrist is fixed. Practise them softly. Ten times.",
      "## Exercises\n\nPlay octaves with a free wrist. Ten times.",
      "## First aid\n\nStop octaves today. See a doctor if it returns.",
    ].join("\n\n");
    const results = withLibrary(passage("Wrists hurt after octaves", excerpt));
    const { rounds, text } = await talk("My wrists hurt after octaves", { results });
    expect(rounds[1]?.[0]?.arguments).toMatchObject({
      query: expect.stringMatching(/^wrists hurt octaves .*first aid: stop, rest, doctor$/),
    });
    expect(text).toContain("The library says: Stop octaves today. See a doctor if it returns. [1]");
  });

  test.each([
    ["Trills for beginners", "Trills at the intermediate level"],
    ["Trills for beginners", "Trills"],
    ["Trills at the advanced level", "Trills"],
  ])(
    "takes who hasn't said their level for the middle one: of “%s” and “%s” the second",
    async (other, middle) => {
      const excerpt = "- Play a trill of six notes and stop, then begin again, five times in a row.";
      const results = withLibrary(passage(other, excerpt), passage(middle, excerpt));
      expect((await talk("How do I play trills?", { results })).text).toContain(
        "then begin again, five times in a row. [2]",
      );
    },
  );

  test.each([
    ["beginner", "Beginners, adults: practise trills twice ten minutes.", "[1]"],
    ["advanced", "Advanced: practise trills for an hour.", "[2]"],
  ])("prefers what is for the player's level: %s", async (experience_level, step, number) => {
    const excerpt = [
      "- Intermediate: practise trills for thirty minutes.",
      "- Beginners, adults: practise trills twice ten minutes.",
      "- Advanced: practise trills for an hour.",
    ].join("\n");
    const results = withLibrary(
      passage("Trills for beginners", excerpt),
      passage("Trills at the advanced level", excerpt),
    );
    const before = [
      { role: "system" as const, content: `Data: ${JSON.stringify({ goals: [], experience_level })}` },
    ];
    const { text } = await talk("How do I play trills?", { before, results });
    expect(text).toContain(`${step} ${number}`);
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
    const nothing = await talk("How do I play a mordent?", { results: withLibrary() });
    expect(nothing.text).toContain("I don't know about that");
    const failed = await talk("How do I play a mordent?", { results: {} });
    expect(failed.text).toContain("I could not look that up just now");
  });

  test("quotes an exercise in whole sentences, without headings and marks, rather than a test or what is cut off", async () => {
    const about = "A steady rhythm";
    const results = withLibrary(
      passage(
        `${about}, advanced`,
        "## A test of rhythm\n\nRecord the whole work with\nfixed gain. Listen once.",
        { section: "A test of rhythm" },
      ),
      passage(
        about,
        [
          "rest of a sentence about rhythm.\n\nA steady rhythm is a habit (see `tempo`).\n",
          "## Practising a steady rhythm\n",
          "1. *Clap it.* Clap the rhythm of **four bars**, with\n   a metronome at 60. Ten times.",
          "2. Play the [same bars](https://example.test) from _memory_.",
          "3. Repeat it tomorrow with the metrono",
        ].join("\n"),
      ),
    );
    const { text } = await talk("How do I keep a steady rhythm?", { results });
    expect(text).toBe(
      "The library says: Clap the rhythm of four bars, with a metronome at 60. Ten times. [2]\n\n[2] A steady rhythm",
    );
  });

  test("says so where the passage doesn't name the key that was asked about", async () => {
    const results = withLibrary(
      passage("Schubert, Impromptu in B-flat major", "Play the bass alone. Ten times."),
      passage("Principles of good fingering", "Long fingers belong on black keys, and short ones on white."),
    );
    const { text } = await talk("Which fingering for B flat major?", { results });
    expect(text).toBe(
      "On that key itself I find nothing; in general, the library says: " +
        "Long fingers belong on black keys, and short ones on white. [2]\n\n[2] Principles of good fingering",
    );
  });

  test("quotes the document on the question rather than one of another level, or on another piece", async () => {
    const excerpt = "Play the first bar slowly. Ten times.";
    const results = withLibrary(
      passage("Advanced repeated notes", excerpt),
      passage("Repeated notes: changing fingers", excerpt),
      passage("Bach, Invention no. 13 in A minor", excerpt),
      passage("Bach, Invention no. 1 in C major", excerpt),
    );
    expect((await talk("How do I practise repeated notes?", { results })).text).toContain(
      "[2] Repeated notes",
    );
    expect((await talk("How do I play Bach's Invention no. 1?", { results })).text).toContain(
      "[4] Bach, Invention no. 1 in C major",
    );
  });

  test("answers in spite of a word of another language", async () => {
    const results = withLibrary(passage("Trills: from slow to free", "Play six notes and stop. Ten times."));
    const { text } = await talk("Bitte tell me how I should practise trills", { results });
    expect(text).toContain("Play six notes and stop.");
  });

  test("owns up to other languages", async () => {
    for (const german of ["Wie übe ich Triller langsam?", "Was soll ich zuerst üben?"])
      expect((await talk(german)).text).toContain("I understand English only.");
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
