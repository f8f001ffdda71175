import { describe, expect, test } from "vitest";
import { MINUET } from "./analyses.ts";
import { ANALYSIS, passage, RESULTS, talk, withAnalysis, withLibrary } from "./support.ts";

const RECORDING = "0b6ce0f5-5b5c-4f3a-9d7e-2f6c3f1d2a4b";

/** What tools return for a recording of which these findings are all there is to say. */
function withFindings(findings: readonly object[]): Readonly<Record<string, unknown>> {
  return withAnalysis({ findings, priorities: ["Continuity. A gap at 0:12."] });
}

describe("asked about one's own recording, the coach", () => {
  test("reads its analysis and the goals, looks up its fault, and says nothing else", async () => {
    const { rounds, text } = await talk("What should I work on first?");
    expect(rounds).toEqual([
      [
        { name: "get_performance_analysis", arguments: { recording_id: RECORDING, include_temporal: true } },
        { name: "get_user_context", arguments: {} },
      ],
      [
        {
          name: "search_knowledge_base",
          arguments: {
            query: "rushing steady tempo subdivide",
            top_k: 10,
          },
        },
      ],
      [
        {
          name: "search_knowledge_base",
          arguments: {
            query: "rushing steady tempo subdivide exercises, minutes",
            top_k: 10,
          },
        },
      ],
      [expect.objectContaining({ name: "search_knowledge_base" })],
    ]);
    expect(text).toContain("Work on rhythmic precision first");
    expect(text).toContain("minuet.wav");
    expect(text).toContain("48 of 100, give or take 11");
    expect(text).toContain("At 1:07–1:10: The pulse rushes. Count aloud.");
    expect(text).not.toContain("Loud.");
    expect(text).toContain("“play the Minuet by heart”");
    expect(text).toContain("Set the metronome to half the tempo and clap the rhythm of four bars.");
    expect(text).toContain("[1] A steady pulse, CrescendAI");
  });

  test.each([
    "what needs the most work?",
    "What's my weakest area",
    "Which dimension is lowest?",
    "where am I going wrong",
    "What improvement would help most?",
    "what's holding me back",
    "Tell me what to fix.",
    "Where do I start?",
    "As an adult beginner, what should I practise first?",
    "How do I improve?",
    "My biggest problem?",
    "Where should I put my energy this week?",
  ])("names the weakest dimension and the goals, however it is asked: %s", async (question) => {
    const { text } = await talk(question);
    expect(text).toContain("Work on rhythmic precision first");
    expect(text).toContain("“play the Minuet by heart”");
    expect(text).toContain("[1] A steady pulse, CrescendAI");
  });

  test("says first what is strong to whoever asks only how it was", async () => {
    const { text } = await talk("Is my recording good?");
    expect(text).toMatch(
      /^What is strong: The pedal is clean throughout\.\n\nWork on rhythmic precision first/,
    );
  });

  test("says what was heard at a time, or that nothing was", async () => {
    const { text } = await talk("What did you hear at 1:08?");
    expect(text).toBe(
      "Around 1:08 in your recording “minuet.wav”:\n- At 1:07–1:10: The pulse rushes. Count aloud.",
    );
    expect((await talk("And at 0:30?")).text).toContain("Nothing stands out around 0:30");
  });

  test("goes on to the next weakest dimension when asked what then, and says when it can't tell what is meant", async () => {
    const { messages } = await talk("What should I work on first?");
    const next = await talk("And then?", { before: messages });
    expect(next.rounds[0]).toMatchObject([
      { name: "search_knowledge_base", arguments: { query: "practising pedaling technique" } },
    ]);
    expect(next.text).toContain(
      "After that pedaling technique, which reads lowest of the rest: about 71 of 100",
    );
    expect((await talk("What else?", { before: next.messages })).text).toContain(
      "I'm not sure what you mean.",
    );
    expect((await talk("And then?")).text).toContain("I'm not sure what you mean.");
    expect((await talk("Hm?")).text).toContain("I'm not sure what you mean.");
  });

  test("goes on to what the analysis names next, where it named a place first", async () => {
    const results = { ...RESULTS, get_performance_analysis: MINUET };
    const first = await talk("What should I work on first?", { results });
    const next = await talk("What about the second thing?", { before: first.messages, results });
    expect(next.text).toMatch(/^After that: Tempo and pulse\. The tempo runs away/);
    const { rounds } = await talk("How do I fix that?", { before: next.messages, results });
    expect(rounds[0]).toMatchObject([{ arguments: { query: "rushing steady tempo subdivide" } }]);
  });

  test("stays with what it named first, though something else reads lowest", async () => {
    const results = withAnalysis({
      priorities: ["To develop: Phrasing. No fault, but the lowest: phrasing."],
    });
    const { messages } = await talk("What should I work on first?", { results });
    for (const question of ["How do I fix it?", "How?"]) {
      const { rounds } = await talk(question, { before: messages, results });
      expect(rounds.flat()).toContainEqual(
        expect.objectContaining({ arguments: expect.objectContaining({ query: "practising phrasing" }) }),
      );
    }
  });

  test("tells who asks about their staccato what was heard of it, and nothing on joining notes", async () => {
    const finding = {
      kind: "detached_passage",
      start: 1,
      end: 9,
      observation: "At 0:01–0:09 a note lasts about 43 % of the time to the next one.",
      suggestion: "If staccato is written, leave it as it is.",
      dimension: "articulation_quality",
    };
    const results = {
      ...withAnalysis({ findings: [finding] }),
      ...withLibrary(passage("Legato", "Join the notes C and D, ten times.")),
    };
    const { text } = await talk("Was my staccato right?", { results });
    expect(text).toContain("43 % of the time to the next one. If staccato is written, leave it as it is.");
    expect(text).not.toContain("Join the notes");
  });

  test.each([
    ["The notes at 0:01–0:21 are as short as staccato: right if that is written.", "legato"],
    [
      "The music stands still for 1.8 s at 0:22, unless a hold is written there.",
      "recovering stops hesitations practising across gap",
    ],
  ])("looks for what mends what is named first: %s", async (priority, query) => {
    const short = {
      kind: "detached_passage",
      start: 1,
      end: 21,
      observation: "A note lasts about 43 % of the time to the next one.",
      suggestion: "",
      dimension: "articulation_quality",
    };
    const results = withAnalysis({ findings: [short], priorities: [priority] });
    const { rounds } = await talk("What should I work on first?", { results });
    expect(rounds.flat()).toContainEqual(
      expect.objectContaining({ arguments: expect.objectContaining({ query }) }),
    );
  });

  test("says of a side in which nothing was found what is proposed on it", async () => {
    const why =
      "Your goal “softer left hand”: no fault stood out; the top voice is about 2.8 dB softer than the rest.";
    const results = withAnalysis({ priorities: [`Your goal: Melody and accompaniment. ${why}`] });
    const { text } = await talk("Is my left hand too loud?", { results });
    expect(text).toMatch(
      /^Nothing was found on the balance [^\n]*\n\nAmong what to work on is this: .*2\.8 dB softer/,
    );
  });

  test("says a time once, where the observation has it", async () => {
    const finding = {
      start: 0,
      end: 14,
      observation: "Loudness stays within 2.3 dB, from 0:00 to 0:14.",
      suggestion: "Plan a climax.",
      dimension: "rhythmic_precision",
    };
    const { text } = await talk("What should I work on first?", {
      results: withAnalysis({ findings: [finding] }),
    });
    expect(text.match(/0:14/g)).toHaveLength(1);
    expect(text).toContain("Plan a climax.");
  });

  test("names no dimension as the weakest that has no score", async () => {
    const results = withAnalysis({
      dimensions: { ...ANALYSIS.dimensions, phrasing: { score: null, uncertainty: null } },
      weakest: ["phrasing", ...ANALYSIS.weakest],
    });
    const { text } = await talk("What should I work on first?", { results });
    expect(text).toContain("Work on rhythmic precision first");
  });

  test.each(["dynamics_control", "rhythmic_precision"])(
    "begins with what feedback begins with, whatever was found in the weakest dimension: %s",
    async (dimension) => {
      const finding = { start: 3, end: 4, observation: "Loud.", suggestion: "", dimension };
      const { text } = await talk("What should I work on first?", { results: withFindings([finding]) });
      expect(text).not.toContain("Loud.");
      expect(text).toMatch(
        /^Work on this first: Continuity\. A gap at 0:12\.\n\nThe weakest dimension of your recording “minuet\.wav” is rhythmic/,
      );
    },
  );

  test("gives what is to be done about that, and names what an exercise is for", async () => {
    const practice = [{ task: "Stop a beat early. Five times.", minutes: 5, works_when: "the gap is gone" }];
    const results = withAnalysis({ findings: [], priorities: ["Continuity. A gap at 0:12."], practice });
    const { text } = await talk("What should I work on first?", { results });
    expect(text).toContain("at 0:12.\n\nStop a beat early. Five times. It works when the gap is gone.\n\n");
    expect(text).toContain("For hesitation, from the library: Rhythm lives");
  });

  test.each(["Is my rubato tasteful?", "Did I play mechanically?"])(
    "says that the analysis doesn't tell what it doesn't speak of: %s",
    async (question) => {
      const { text } = await talk(question);
      expect(text).toBe(
        "On that the analysis of your recording “minuet.wav” says nothing, so I don't know. Ask me how it is practised, and I look in the library.",
      );
    },
  );

  test("says how fast it was to whoever asks whether that is right", async () => {
    const results = withAnalysis({ notes: ["A beat of about 137 BPM."] });
    expect((await talk("Is that a good tempo for this minuet?", { results })).text).toContain("137 BPM");
  });

  test("says what a low reading rests on", async () => {
    const { messages } = await talk("What should I work on first?");
    const { text } = await talk("Why is my rhythm the lowest?", { before: messages });
    expect(text).toContain("What that rests on: Scores lean on ratings.");
  });

  test("says which dimensions lie too near to the weakest to be told apart", async () => {
    const lowest = "Rhythmic precision reads lowest, about 48 ± 11; phrasing (50) lies too near to it.";
    const results = withAnalysis({ findings: [], priorities: ["Continuity."], lowest });
    const { text } = await talk("What should I work on first?", { results });
    expect(text).toContain(`\n\n${lowest}\n\n`);
  });

  test.each([
    [
      "in the words of the analysis",
      [`Your goal “play the Minuet by heart” isn't fitted.`],
      /isn't fitted\./,
    ],
    ["as it was told", [], /Keep your goal in view: “play the Minuet by heart”\./],
  ])("names the player's goal once, %s", async (_how, notes, said) => {
    const { text } = await talk("What should I work on first?", {
      results: withAnalysis({ notes }),
    });
    expect(text).toMatch(said);
    expect(text.split("play the Minuet by heart")).toHaveLength(2);
  });

  test("says why: what reads lowest, and what that rests on", async () => {
    const { messages } = await talk("What should I work on first?");
    const { rounds, text } = await talk("But why?", { before: messages });
    expect(rounds).toEqual([]);
    expect(text).toContain("rhythmic precision, at about 48 of 100");
    expect(text).toContain("Scores lean on ratings.");
  });

  test("speaks of the dimension that is asked about", async () => {
    const { text } = await talk("How was my pedalling in this recording?");
    expect(text).toContain("pedaling technique is at about 71 of 100");
    expect(text).not.toContain("rhythmic precision");
  });

  test("shows where a fault was heard, and gives an exercise for that fault", async () => {
    const { rounds, text } = await talk("Where did I rush?");
    expect(text).toMatch(
      /^In your recording “minuet.wav”:\n\nAt 1:07–1:10: The pulse rushes. Count aloud.\n\n/,
    );
    expect(rounds.flat()).toContainEqual(
      expect.objectContaining({ arguments: { query: "rushing steady tempo subdivide", top_k: 10 } }),
    );
    expect(text).not.toContain("Loud.");
  });

  test("says that a fault wasn't found, and what was heard of its dimension instead", async () => {
    const of = (kind: string, observation: string) => ({
      kind,
      start: null,
      end: null,
      observation,
      suggestion: "",
      dimension: "rhythmic_precision",
    });
    const results = withFindings([
      of("chords_together", "The notes of a chord fall together."),
      of("steady_pulse", "The pulse is steady."),
    ]);
    for (const [question, fault] of [
      ["Where did I rush?", "rushing"],
      ["Am I dragging?", "dragging"],
      ["Did I hesitate anywhere?", "hesitation"],
    ] as const)
      expect((await talk(question, { results })).text).toBe(
        `No ${fault} was found in your recording “minuet.wav”.\n\nWhat was heard of rhythmic precision:\n\n` +
          "The notes of a chord fall together.\n\nThe pulse is steady.",
      );
    expect((await talk("Is my tempo steady?", { results })).text).toContain(":\n\nThe pulse is steady.");
    const none = (await talk("Were my runs even?", { results })).text;
    expect(none).toMatch(
      /^Nothing was found on running notes in your recording “minuet\.wav”\.\n\nWhat was heard/,
    );
  });

  test.each(["What are my strengths?", "What was good?"])(
    "names what is strong, and nothing to work on, where that is asked for: %s",
    async (question) => {
      expect((await talk(question)).text).toBe(
        "What is strong in your recording “minuet.wav”:\n- The pedal is clean throughout.",
      );
    },
  );

  test("gives who tells of a fault an exercise, even if it wasn't found", async () => {
    const results = {
      ...withFindings([]),
      ...withLibrary(passage("Clearing a muddy pedal", "Change with the bass. Ten times.")),
    };
    expect((await talk("My pedal sounds muddy", { results })).text).toBe(
      "No blurred pedal was found in your recording “minuet.wav”.\n\n" +
        "From the library: Change with the bass. Ten times. [1]\n\n[1] Clearing a muddy pedal",
    );
  });

  test("asks for the recordings where none is named, and takes the newest", async () => {
    const { rounds, text } = await talk("What should I practise?", { before: [] });
    expect(rounds[0]?.map(({ name }) => name)).toEqual(["list_recordings", "get_user_context"]);
    expect(rounds[1]).toMatchObject([
      { name: "get_performance_analysis", arguments: { recording_id: RECORDING } },
    ]);
    expect(text).toContain("rhythmic precision");
  });

  test("asks back where there is none at all", async () => {
    const { text } = await talk("What should I work on?", {
      before: [],
      results: { list_recordings: { recordings: [] } },
    });
    expect(text).toContain("Which recording do you mean?");
  });

  test("says that there is no score where there is none", async () => {
    expect((await talk("Did I play wrong notes?")).text).toContain("There is no score for note accuracy");
  });
});

describe("asked about what was found, the coach", () => {
  const results = { ...RESULTS, get_performance_analysis: MINUET };
  /** The history as it is sent when its tools don't fit any more: the instructions with what comes first, and what was said. */
  async function after(question: string) {
    const { findings: _findings, ...summary } = MINUET;
    const content = `The session's recording is ${RECORDING}.\nData:\n${JSON.stringify(summary)}`;
    const before = [{ role: "system" as const, content }];
    const { text } = await talk(question, { results, before });
    return [
      ...before,
      { role: "user" as const, content: question },
      { role: "assistant" as const, content: text },
    ];
  }

  test.each([
    ["Why?", /^Because of what was heard: A pause of 0\.9 s/],
    ["How long should I do that each day?", /^Continuity\..*\n\n5 minutes of a day's practice: At 0:12/],
    ["How do I know when it's fixed?", /It works when the next recording has no silence over 0\.5 s/],
    ["How do I get rid of the pause?", /^For hesitation, the library/],
  ])("reads the findings anew where the history has lost them: %s", async (question, answer) => {
    const before = await after("What should I work on first?");
    const { rounds, text } = await talk(question, { results, before });
    expect(rounds[0]?.[0]?.name).toBe("get_performance_analysis");
    expect(text).toMatch(answer);
  });

  test.each([
    "There is a rest written at 0:12",
    "You're wrong about the pause",
    "I don't agree, I didn't stop",
  ])("owns that it doesn't know the score, and says what was heard: %s", async (question) => {
    const { text } = await talk(question, { results });
    expect(text).toMatch(/^You may be right: only the sound was listened to.*A pause of 0\.9 s/s);
  });

  test("gives nothing to practise for what is well", async () => {
    expect((await talk("What about the pedal?", { results })).text).not.toMatch(/library/);
    expect((await talk("Is my tone bad?", { results })).text).toMatch(/library: .*\[1\]/s);
  });

  test.each(["When will I be ready for the concert?", "Am I talented?", "Is this good enough for an exam?"])(
    "promises nothing: %s",
    async (question) => {
      expect((await talk(question, { results })).text).toMatch(
        /^What will come of your practice.* no recording tells/,
      );
    },
  );
});
