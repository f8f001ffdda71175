import { DEFAULT_CONTEXT, type UserContext } from "@crescendai/contracts";
import { describe, expect, test } from "vitest";
import { composeResult } from "./support/compose.ts";
import { analysisOf, found, META, notesOf, sectionOf } from "./support/heard-music.ts";

function contextOf(changes: Partial<UserContext>): UserContext {
  return { ...DEFAULT_CONTEXT, ...changes };
}

describe("a recording that gives little", () => {
  const roughly = (changes: Parameters<typeof analysisOf>[0]) =>
    composeResult(analysisOf({ confidence: 0.3, ...changes }), contextOf({}), META);

  test("is thanked for with what would help it: a piano, a better recording, a longer one", () => {
    expect(roughly({ findings: [found("other_instrument")] }).encouragement).toContain("If it is a piano");
    expect(roughly({ findings: [found("clipping")] }).encouragement).toContain("Put right what is said");
    expect(
      roughly({ duration: 6, analysed_duration: 6, sections: [sectionOf(0, 6)] }).encouragement,
    ).toContain("Ten seconds or more");
    expect(roughly({}).encouragement).toContain("clearer recording");
  });

  test("finds fault with no pedal, touch or chord of another instrument", () => {
    const findings = [
      found("other_instrument"),
      found("pedal_blur"),
      found("chords_not_together"),
      found("tempo_drift"),
    ];
    expect(roughly({ findings }).overall_assessment.priority_areas).toEqual([
      "The tempo runs away at 0:20–0:24 (18 %).",
    ]);
  });

  test("says why once, and names no count that it can't have", () => {
    const { overall_assessment } = roughly({
      findings: [found("too_quiet")],
      measurements: { onset_count: 0, onset_rate: 0 },
    });
    const character = overall_assessment.performance_character;
    expect(character).toContain(
      "There was little to go by: take everything as rough. The recording is very quiet.",
    );
    expect(character).not.toContain("note beginnings");
    const faint = roughly({
      measurements: { onset_count: 20, onset_rate: 0.5, notes: notesOf({ count: 240 }) },
    });
    expect(faint.overall_assessment.performance_character).not.toContain("note beginnings");
  });

  test("says how heavily it distorts, and up to where it could be heard", () => {
    const clipped = (clipped_samples: number) =>
      roughly({ findings: [found("clipping", { evidence: { clipped_samples } })] }).overall_assessment
        .performance_character;
    expect(clipped(412)).toContain("The recording distorts around 0:09.");
    expect(clipped(90_000)).toContain("The recording distorts heavily, most of all around 0:09.");
    const cut = roughly({ truncated: true, duration: 60 }).overall_assessment.performance_character;
    expect(cut).toContain("what comes after 0:40 couldn't be heard");
  });
});

describe("what isn't music", () => {
  const cases = [
    { heard: "silence", finding: found("silence"), says: /silent/, helps: /microphone/ },
    { heard: "steady_tone", finding: found("steady_tone"), says: /steady tone/, helps: /hum/ },
    { heard: "noise", finding: found("noise"), says: /[Nn]oise/, helps: /microphone/ },
    { heard: "speech", finding: found("speech"), says: /speaks/, helps: /playing alone/ },
    {
      heard: "other_instrument",
      finding: found("other_instrument"),
      says: /another instrument/,
      helps: /piano alone/,
    },
    { heard: "unclear", finding: null, says: /no playing could be made out/, helps: /closer/ },
    { heard: "too_short", finding: null, says: /[Tt]oo short/, helps: /ten seconds/ },
  ] as const;

  test.each(cases)("$heard is named, and what helps is said", ({ heard, finding, says, helps }) => {
    const analysis = analysisOf({ heard, findings: finding === null ? [] : [finding], sections: [] });
    const result = composeResult(analysis, contextOf({ goals: ["steadier tempo"] }), META);
    expect(result.overall_assessment.performance_character).toMatch(says);
    expect(JSON.stringify(result)).toMatch(helps);
    expect(result.overall_assessment.strengths).toEqual([]);
    expect(result.practice_recommendations.immediate_priorities).toEqual([]);
    expect(JSON.stringify(result)).not.toContain("BPM");
    for (const { practice_focus } of result.temporal_feedback) {
      expect(practice_focus).toBe(
        "No piano playing that could be judged was heard at 0:00–0:40, so nothing is proposed for it.",
      );
    }
  });

  test.each(["unlike_piano", "clipping", "too_quiet", "hum", "distant", "damaged", "talk"] as const)(
    "of music, %s is told beside the playing",
    (kind) => {
      const analysis = analysisOf({ findings: [found(kind), found("even_runs")] });
      const { overall_assessment, temporal_feedback } = composeResult(analysis, DEFAULT_CONTEXT, META);
      const categories = temporal_feedback.flatMap(({ insights }) =>
        insights.map(({ category }) => category),
      );
      expect(categories).toContain("Recording");
      expect(overall_assessment.strengths[0]).toContain("Even running notes");
    },
  );

  test("what wasn't listened to is said", () => {
    const long = composeResult(analysisOf({ duration: 1500 }), DEFAULT_CONTEXT, META);
    expect(long.overall_assessment.performance_character).toContain("Only the first 0:40 of 25:00");
    const cut = composeResult(analysisOf({ truncated: true }), DEFAULT_CONTEXT, META);
    expect(cut.overall_assessment.performance_character).toContain("ends before the length it claims");
  });

  test("what somebody says before the playing is told once, and belongs to no passage", () => {
    const { measurements } = analysisOf();
    const analysis = analysisOf({
      measurements: { ...measurements, leading_silence: 5 },
      sections: [sectionOf(4.8, 20), sectionOf(20, 40)],
      findings: [found("talk"), found("even_runs")],
    });
    const { overall_assessment, temporal_feedback } = composeResult(analysis, DEFAULT_CONTEXT, META);
    expect(overall_assessment.performance_character).toContain(
      "Somebody speaks at 0:00–0:04: that is left out.",
    );
    expect(JSON.stringify(temporal_feedback)).not.toContain("speak");
  });

  test("long silences before and after aren't counted as playing", () => {
    const { measurements } = analysisOf();
    const within = analysisOf({
      duration: 120,
      analysed_duration: 120,
      measurements: { ...measurements, leading_silence: 30, trailing_silence: 60 },
    });
    const { performance_character } = composeResult(within, DEFAULT_CONTEXT, META).overall_assessment;
    expect(performance_character).toContain("0:30 of playing");
  });
});
