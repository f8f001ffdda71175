import { DEFAULT_CONTEXT } from "@crescendai/contracts";
import { describe, expect, test } from "vitest";
import { composeFeedback as compose } from "../src/composition/compose-feedback.ts";
import { goalTopic } from "../src/composition/practice/goal-topics.ts";
import { readAnalysis } from "../src/composition/reading.ts";
import { isOfAnotherPiece } from "../src/library/name-piece.ts";
import { WITHOUT_LIBRARY } from "./support/compose.ts";
import { analysisOf, found, META, notesOf, readings, STACCATO, sectionOf } from "./support/heard-music.ts";

const WEDDING = "play the minuet at a wedding without stopping";
const MINUET = "petzold-minuet-in-g.wav";
const IMPROMPTU = "Schubert_D935_no.3_4bars_12_1.wav";

function feedbackOn(
  goals: string[],
  filename: string | null,
  findings: Parameters<typeof found>[0][] = ["pause", "pedal_blur"],
) {
  const analysis = analysisOf({ findings: findings.map((kind) => found(kind)) });
  const reading = readAnalysis(analysis, { ...DEFAULT_CONTEXT, goals }, [], META.created_at, filename);
  return compose(analysis, reading, META, WITHOUT_LIBRARY);
}

const timesNamed = (feedback: object, goal: string) => JSON.stringify(feedback).split(`“${goal}”`).length - 1;

describe("a player's goal", () => {
  test("is linked to the moment of what was found that it is about, and puts it before the rest", () => {
    const { overall_assessment, practice_recommendations } = feedbackOn([WEDDING], MINUET, [
      "pedal_blur",
      "pause",
    ]);
    expect(overall_assessment.areas_for_improvement[0]).toBe(
      `A gap of 3 s at 0:30, unless a rest is written there. This bears on your goal “${WEDDING}”.`,
    );
    expect(practice_recommendations.immediate_focus[0]).toContain("Cross 0:30 in time");
    expect(practice_recommendations.long_term_goals[0]).toMatch(
      /^Continuity: Towards “play the minuet .* In this take the music halts at 0:30, unless that is written\./,
    );
  });

  test("that names another piece is mentioned once, neutrally, and changes nothing else", () => {
    const { metadata, ...feedback } = feedbackOn([WEDDING], IMPROMPTU, ["pedal_blur", "pause"]);
    const { metadata: without, ...same } = feedbackOn([], IMPROMPTU, ["pedal_blur", "pause"]);
    expect(feedback).toEqual(same);
    expect(metadata.notes.filter((note) => !without.notes.includes(note))).toEqual([
      `Your goal “${WEDDING}” names music that this recording's name doesn't, so nothing here is fitted to it.`,
    ]);
  });

  test("of playing on is no exercise where no stop was found: that is said once", () => {
    const feedback = feedbackOn([WEDDING], MINUET, ["pedal_blur"]);
    expect(timesNamed(feedback, WEDDING)).toBe(1);
    expect(feedback.practice_recommendations.long_term_goals[0]).toContain("In this take no stop was found.");
    expect(JSON.stringify(feedback)).not.toContain("Your goal: Accuracy");
  });

  const prioritiesOf = (goals: string[], changes: Parameters<typeof analysisOf>[0]) =>
    readAnalysis(analysisOf(changes), { ...DEFAULT_CONTEXT, goals }, [], META.created_at).priorities;

  test("on a side of playing in which no fault stood out is worked towards, with what it reads or measures", () => {
    const whys = prioritiesOf(["cleaner pedal", "more even scales"], { findings: [found("pause")] }).map(
      ({ why }) => why,
    );
    expect(whys).toContain("Your goal “cleaner pedal”: no fault stood out; pedalling reads about 60 ± 7.");
    expect(whys).toContain(
      "Your goal “more even scales”: no fault stood out; the running notes stray from an even spacing by about 14 ms.",
    );
  });

  test.each([
    [
      "more even scales",
      "of which there is nothing here",
      { measurements: { notes: notesOf({ unevenness_ms: null }) } },
    ],
    ["more even scales", "that this take reaches", { findings: [found("even_runs")] }],
    ["stop rushing", "that this take reaches", { findings: [found("steady_pulse")] }],
  ])("is no exercise: “%s”, %s", (goal, _why, changes) => {
    expect(prioritiesOf([goal], changes).filter(({ reason }) => reason === "goal")).toEqual([]);
  });

  test("on right notes is practised, though nobody can tell without the score which are wrong", () => {
    const [, proposal] = prioritiesOf(["fewer wrong notes"], { findings: [found("pedal_blur")] });
    expect(proposal?.why).toBe(
      "Your goal “fewer wrong notes”: which notes are wrong can't be told without the score.",
    );
    expect(proposal?.subject).toBe("note_accuracy");
    const { practice_recommendations } = feedbackOn(["fewer wrong notes"], null, ["pause"]);
    expect(practice_recommendations.long_term_goals[0]).toMatch(
      /^Accuracy: .*which notes are wrong can't be told without the score\. In this take the music halts at 0:30/i,
    );
  });

  test("on right notes is one on accuracy", () => {
    expect(goalTopic("right notes please")).toMatchObject({ topic: null, dimension: "note_accuracy" });
  });

  test.each([
    ["fewer wrong notes", "play without stopping"],
    ["play without stopping", "fewer wrong notes"],
  ])("on right notes and one on playing on are two: “%s” before “%s”", (...goals) => {
    const whys = prioritiesOf(goals, { findings: [found("pause")] }).map(({ why }) => why);
    expect(whys).toContain(
      "A gap of 3 s at 0:30, unless a rest is written there. This bears on your goal “play without stopping”.",
    );
    expect(whys).toContain(
      "Your goal “fewer wrong notes”: which notes are wrong can't be told without the score.",
    );
  });

  test("to join notes is worked on where they are as short as staccato, and one to play them short isn't by joining", () => {
    const [joining] = prioritiesOf(["legato"], { findings: [STACCATO] });
    expect(joining?.subject).toBe("joined_notes");
    expect(joining?.why).toBe(
      "The notes at 0:19–0:25 are as short as staccato: right if that is written. This bears on your goal “legato”.",
    );
    const [crisp] = prioritiesOf(["crisper staccato"], { findings: [STACCATO] });
    expect(crisp).toMatchObject({ reason: "goal", subject: "articulation_quality" });
    for (const finding of [STACCATO, found("detached_passage")]) {
      const analysis = analysisOf({ findings: [finding] });
      const context = { ...DEFAULT_CONTEXT, goals: ["crisper staccato"] };
      const { goals, priorities } = readAnalysis(analysis, context, [], META.created_at);
      expect(goals[0]?.subject).toBe("articulation_quality");
      const joins = priorities.filter(({ subject }) => subject === "joined_notes");
      expect(joins.map(({ why }) => why).join()).not.toContain("crisper staccato");
    }
  });

  test.each(["technical development, even scales", "good balance in a trio"])(
    "names no part of the piece that it doesn't point at: %s",
    (goal) => {
      expect(prioritiesOf([goal], { findings: [] })[0]).toMatchObject({ reason: "goal", place: "the piece" });
    },
  );

  test("on a part of the piece is worked towards there, wherever another passage stands low", () => {
    const sections = [sectionOf(0, 40), sectionOf(40, 80, { against: { rhythmic_precision: -20 } })];
    const [proposal] = prioritiesOf(["play the coda evenly"], { sections, findings: [] });
    expect(proposal?.place).toBe("the coda");
  });

  test("on evenness is about the beat where the notes are so slow that they are counted", () => {
    const measurements = { notes: notesOf({ unevenness_ms: 76 }) };
    const [proposal] = prioritiesOf(["play the coda evenly"], { measurements, findings: [] });
    expect(proposal).toMatchObject({ reason: "goal", subject: "rhythmic_precision", place: "the coda" });
    expect(proposal?.why).not.toContain("76 ms");
    const analysis = analysisOf({ measurements });
    const context = { ...DEFAULT_CONTEXT, goals: ["play the coda evenly"] };
    const [goal] = readAnalysis(analysis, context, [], META.created_at).goals;
    expect(goal).toMatchObject({ aspect: "Rhythmic precision", subject: "rhythmic_precision" });
  });

  test("on evenness is about what was found of it, however slow the notes", () => {
    const slow = found("uneven_runs", { evidence: { unevenness_ms: 76, interval_ms: 400, notes: 40 } });
    const measurements = { notes: notesOf({ unevenness_ms: 76 }) };
    const proposals = prioritiesOf(["play more evenly"], { measurements, findings: [slow] });
    expect(proposals[0]?.why).toContain("This bears on your goal “play more evenly”.");
    expect(proposals.map(({ why }) => why).join()).not.toContain("no fault stood out");
  });

  test("that no recording speaks to is answered beside the others, in whatever language", () => {
    const german = ["Ich möchte leiser spielen", "auswendig lernen bis Freitag"];
    const { practice_recommendations } = feedbackOn(german, null, []);
    expect(practice_recommendations.long_term_goals[0]).toMatch(
      /^Your goals: “Ich möchte leiser spielen” and “auswendig lernen bis Freitag”: these words, which are read as English/,
    );
  });

  test("isn't to read higher than what is measured of it comes to", () => {
    const goals = ["better pedal", "fewer wrong notes"];
    const analysis = analysisOf({ dimensions: readings({ pedaling_technique: 82, note_accuracy: 82 }) });
    const reading = readAnalysis(analysis, { ...DEFAULT_CONTEXT, goals }, [], META.created_at);
    const told = JSON.stringify(compose(analysis, reading, META, WITHOUT_LIBRARY).practice_recommendations);
    expect(told).toContain("Today pedalling reads about 82 ± 7, and hardly more can be told from that.");
    expect(told).not.toMatch(/reads (8[7-9]|9\d) or more|; (8[7-9]|9\d) or more/);
  });

  test("that this take reaches is told so, not what its dimension reads", () => {
    const { practice_recommendations } = feedbackOn(["steadier rhythm"], null, ["steady_pulse"]);
    expect(practice_recommendations.long_term_goals[0]).toContain(
      "This take has it: a steady pulse at about 96 BPM",
    );
    expect(practice_recommendations.long_term_goals[0]).not.toContain("Today rhythmic precision");
  });

  test("on hands against each other is about the balance, not about loud and soft", () => {
    for (const goal of [
      "I want my left hand softer than the tune",
      "quieter accompaniment",
      "softer left hand",
      "right hand louder",
    ]) {
      expect(goalTopic(goal)?.topic).toBe("balance");
    }
    expect(goalTopic("play softly")?.topic).toBe("dynamics");
    expect(goalTopic("play the tune without stopping")?.topic).toBe("continuity");
  });

  test("on something narrower than a dimension has its own work of months", () => {
    const { practice_recommendations } = feedbackOn(["my left hand softer than the tune"], null, []);
    expect(practice_recommendations.long_term_goals[0]).toMatch(
      /^Melody and accompaniment: .*play the melody alone first/,
    );
  });

  test("of months is looked for in the library by what was found, where something was", () => {
    const subjectFor = (finding: typeof STACCATO, goals: string[]) => {
      const dimensions = readings({ articulation_quality: 40 });
      const analysis = analysisOf({ findings: [finding], dimensions });
      return readAnalysis(analysis, { ...DEFAULT_CONTEXT, goals }, [], META.created_at).goals.find(
        ({ dimension }) => dimension === "articulation_quality",
      )?.subject;
    };
    expect(subjectFor(found("detached_passage"), [])).toBe("joined_notes");
    expect(subjectFor(STACCATO, ["legato"])).toBe("joined_notes");
  });

  test("to play on halts at a restart whatever is written", () => {
    const { practice_recommendations } = feedbackOn([WEDDING], MINUET, ["restart"]);
    expect(practice_recommendations.long_term_goals[0]).toContain("In this take the music halts at 0:36. ");
  });

  test("to play on halts once where a stop leads to a restart", () => {
    for (const kind of ["pause", "hold"] as const) {
      const findings = [found(kind, { start: 30, end: 33 }), found("restart")];
      const reading = readAnalysis(
        analysisOf({ findings }),
        { ...DEFAULT_CONTEXT, goals: [WEDDING] },
        [],
        META.created_at,
      );
      const [goal] = reading.goals;
      expect(goal?.standing).toBe("In this take the music halts at 0:36.");
    }
  });

  test("isn't linked to what is only near to it", () => {
    const areas = feedbackOn(["more even scales"], null, ["tempo_drift"]).overall_assessment
      .areas_for_improvement;
    expect(areas[0]).not.toContain("more even scales");
  });

  test.each([
    ["play the band along to a Beatles song", false],
    ["impress my single friends", false],
    ["stop slouching", false],
    ["play even when people listen", false],
    ["play it without stopping", true],
    ["no more hesitation", true],
  ])("is about stops only where it says so: “%s”", (goal, isAbout) => {
    const areas = feedbackOn([goal], null).overall_assessment.areas_for_improvement;
    expect(areas.some((area) => area.includes(`bears on your goal “${goal}”`))).toBe(isAbout);
  });
});

describe("a piece that a goal names", () => {
  const repertoire = ["Petzold, Minuet in G", "Schubert, Sonata D 960"];

  test.each([
    [WEDDING, IMPROMPTU],
    [WEDDING, "Beethoven_WoO80_thema_8bars_11_1.wav"],
    ["learn a Chopin waltz", "chopin-nocturne-op-9-no-2.m4a"],
    ["play the Brahms waltz", "chopin waltz a minor.m4a"],
    ["finish op. 27", "chopin-nocturne-op-9-no-2.m4a"],
    ["the Schubert sonata", "minuet.wav"],
  ])("“%s” isn't that of %s", (goal, filename) => {
    expect(isOfAnotherPiece(goal, filename, { repertoire })).toBe(true);
  });

  test.each([
    [WEDDING, MINUET],
    [WEDDING, "petzold.wav"],
    ["the Schubert sonata", "d960 second movement.wav"],
    ["the Schubert sonata", "d960.wav"],
    ["learn Schubert's impromptus", "schubert d935.wav"],
    // Nothing is known where either names none.
    [WEDDING, "take 3.wav"],
    [WEDDING, "March 2026.wav"],
    ["steadier tempo", IMPROMPTU],
  ])("“%s” may be that of %s", (goal, filename) => {
    expect(isOfAnotherPiece(goal, filename, { repertoire })).toBe(false);
  });
});
