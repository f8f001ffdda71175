import {
  type Analysis,
  AnalysisResultSchema,
  AnalysisSchema,
  DEFAULT_CONTEXT,
  DIMENSIONS,
  FeedbackSchema,
  type Section,
  type UserContext,
} from "@crescendai/contracts";
import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import type { History } from "../src/composition/history.ts";
import { passagesOfPiece } from "../src/composition/pieces.ts";
import { clock, figure, percent, whole } from "../src/composition/wording.ts";
import { anyAnalysis, anyContext, anyHistory } from "./support/any-analysis.ts";
import { composeFeedback, composeResult } from "./support/compose.ts";
import { META } from "./support/heard-music.ts";

const RUNS = { seed: 20_261_123, numRuns: 100 };
const music = anyAnalysis(fc.constant<Analysis["heard"]>("music"));

test("whatever was heard, both answers keep to their schemas, and are the same every time", () => {
  fc.assert(
    fc.property(anyAnalysis(), anyContext, anyHistory, (analysis, context, history) => {
      v.parse(AnalysisSchema, analysis);
      const feedback = v.parse(FeedbackSchema, composeFeedback(analysis, context, META, history));
      const result = v.parse(AnalysisResultSchema, composeResult(analysis, context, META, history));
      expect(composeFeedback(structuredClone(analysis), context, META, history)).toEqual(feedback);
      expect(composeResult(structuredClone(analysis), context, META, history)).toEqual(result);
    }),
    RUNS,
  );
});

test("of music there are three to five things to work on and two or three long-term goals; of all else none", () => {
  fc.assert(
    fc.property(anyAnalysis(), anyContext, anyHistory, (analysis, context, history) => {
      const { practice_recommendations: api } = composeFeedback(analysis, context, META, history);
      const { practice_recommendations: web } = composeResult(analysis, context, META, history);
      const [least, most, leastGoals, mostGoals] = analysis.heard === "music" ? [3, 5, 2, 3] : [0, 0, 0, 0];
      expect(api.exercises.length).toBeGreaterThanOrEqual(least);
      expect(api.exercises.length).toBeLessThanOrEqual(most);
      expect(api.immediate_focus).toHaveLength(api.exercises.length);
      expect(web.immediate_priorities).toHaveLength(api.exercises.length);
      expect(api.long_term_goals.length).toBeGreaterThanOrEqual(leastGoals);
      expect(api.long_term_goals.length).toBeLessThanOrEqual(mostGoals);
      expect(web.long_term_development).toHaveLength(api.long_term_goals.length);
    }),
    RUNS,
  );
});

test("the exercises fit into the minutes that the player has, or are said to be taken in turn", () => {
  fc.assert(
    fc.property(music, anyContext, (analysis, context) => {
      const { practice_recommendations, metadata } = composeFeedback(analysis, context, META);
      const minutes = practice_recommendations.exercises.map((text) => Number(/(\d+) min\./.exec(text)?.[1]));
      const sum = minutes.reduce((total, next) => total + next, 0);
      const inTurn = metadata.notes.some((note) => note.includes("one a day"));
      const available = context.constraints.includes("only 7 minutes")
        ? 7
        : context.constraints.includes("20 minutes a day")
          ? 20
          : 60;
      expect(Math.max(...minutes)).toBeLessThanOrEqual(available);
      if (inTurn) expect(available).toBe(7);
      else expect(sum).toBeLessThanOrEqual(available);
    }),
    RUNS,
  );
});

test("no list grows with the recording, and no text is too long for a telephone", () => {
  fc.assert(
    fc.property(anyAnalysis(), anyContext, anyHistory, (analysis, context, history) => {
      const feedback = composeFeedback(analysis, context, META, history);
      expect(feedback.temporal_feedback.length).toBeLessThanOrEqual(24);
      expect(feedback.overall_assessment.strengths.length).toBeLessThanOrEqual(4);
      expect(feedback.metadata.changes.length).toBeLessThanOrEqual(6);
      for (const { observations } of feedback.temporal_feedback) {
        expect(observations.length).toBeLessThanOrEqual(6);
        for (const text of observations) expect(text.length).toBeLessThanOrEqual(240);
      }
      for (const text of feedback.practice_recommendations.exercises) {
        expect(text.length).toBeLessThanOrEqual(650);
      }
      expect(JSON.stringify(feedback).length).toBeLessThan(64_000);
    }),
    RUNS,
  );
});

test("nothing is said twice in one answer", () => {
  fc.assert(
    fc.property(anyAnalysis(), anyContext, anyHistory, (analysis, context, history) => {
      const { metadata, ...feedback } = composeFeedback(analysis, context, META, history);
      const result = composeResult(analysis, context, META, history);
      for (const answer of [{ ...feedback, notes: metadata.notes }, result]) {
        const said = sentences(answer);
        const twice = said.filter((sentence, index) => said.indexOf(sentence) !== index);
        expect(twice).toEqual([]);
      }
    }),
    RUNS,
  );
});

test("every number that is claimed of the playing was measured", () => {
  fc.assert(
    fc.property(music, anyHistory, anyContext, (analysis, history, { experience_level }) => {
      const known = knownNumbers(analysis, history);
      const times = knownTimes(analysis);
      for (const claim of claims(analysis, history, { ...DEFAULT_CONTEXT, experience_level })) {
        for (const [time] of claim.matchAll(/\d+:\d\d/g)) expect(times, claim).toContain(time);
        for (const [number] of claim.replaceAll(/\d+:\d\d/g, "").matchAll(/\d+(?:\.\d+)?/g)) {
          expect(known, claim).toContain(number);
        }
      }
    }),
    RUNS,
  );
});

test("a recording without music is never praised, scored, or given exercises", () => {
  const other = fc.constantFrom<Analysis["heard"]>(
    "silence",
    "steady_tone",
    "noise",
    "speech",
    "other_instrument",
    "unclear",
    "too_short",
  );
  fc.assert(
    fc.property(anyAnalysis(other), anyContext, anyHistory, (analysis, context, history) => {
      const result = composeResult({ ...analysis, findings: [] }, context, META, history);
      expect(result.overall_assessment.strengths).toEqual([]);
      expect(result.overall_assessment.priority_areas).toEqual([]);
      expect(result.practice_recommendations.immediate_priorities).toEqual([]);
      expect(result.overall_assessment.performance_character).not.toMatch(/\d (?:BPM|dB|%)|playing with/);
      expect(result.encouragement).not.toMatch(/well|build on|glad|work shows/i);
    }),
    RUNS,
  );
});

/** What a person reads, sentence by sentence; labels, references and times are no sentences. */
function sentences(answer: object): string[] {
  const texts: string[] = [];
  JSON.stringify(answer, (key, value: unknown) => {
    if (["category", "score_reference", "skill_area", "musical_aspect", "timestamp"].includes(key))
      return undefined;
    if (typeof value === "string") texts.push(...value.split(/(?<=[.?!]) /));
    return value;
  });
  // Short ones such as "The same at 0:12–0:20." or "5 min." say nothing by themselves.
  return texts.filter((text) => text.length > 30 && !/^[\da-f-]{36}$/.test(text));
}

/** Everything that is said about this recording, and not about what to do. */
function claims(analysis: Analysis, history: History, context: UserContext): string[] {
  const { overall_assessment, temporal_feedback } = composeResult(analysis, context, META, history);
  return [
    ...overall_assessment.strengths,
    ...overall_assessment.priority_areas,
    overall_assessment.performance_character,
    ...temporal_feedback.flatMap(({ insights }) => insights.map(({ observation }) => observation)),
    ...temporal_feedback.flatMap(({ insights }) => insights.map(({ score_reference }) => score_reference)),
  ];
}

function knownTimes({ duration, analysed_duration, findings, sections, measurements }: Analysis): string[] {
  const spans = [...findings, ...sections, ...measurements.pauses];
  return [0, duration, analysed_duration, ...spans.flatMap(({ start, end }) => [start, end, start + 1])].map(
    clock,
  );
}

/** Mean over passages, by their seconds. */
function meanOver(sections: readonly Section[], value: (section: Section) => number): number {
  const seconds = sections.reduce((sum, { start, end }) => sum + end - start, 0);
  return sections.reduce((sum, one) => sum + value(one) * (one.end - one.start), 0) / seconds;
}

/** Each number of the analysis as it may be written, and the few that follow from two of them. */
function knownNumbers(analysis: Analysis, history: History): string[] {
  const numbers: number[] = [];
  const collect = (value: unknown) => {
    if (typeof value === "number") numbers.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  collect(analysis);
  collect(history);
  collect(analysis.findings.map(({ start, end }) => end - start));
  // How each stretch of passages stands against the middle one of them, and how busy it is.
  const { sections } = analysis;
  for (const [first] of sections.entries()) {
    for (let end = first + 1; end <= sections.length; end += 1) {
      const stretch = sections.slice(first, end);
      const loudness = meanOver(stretch, ({ mean_loudness_db }) => mean_loudness_db ?? 0);
      collect(sections.map(({ mean_loudness_db }) => loudness - (mean_loudness_db ?? 0)));
      collect(meanOver(stretch, ({ onsets_per_second }) => onsets_per_second));
    }
  }
  for (const { measurements } of [analysis, ...history]) {
    collect([measurements.pauses.length, measurements.notes?.restarts.length ?? 0]);
  }
  // How each passage stands against the mean of its piece's passages, by their seconds.
  for (const name of DIMENSIONS) {
    for (const section of analysis.sections) {
      const judged = passagesOfPiece(section, analysis).filter((other) => other.against_whole[name] !== null);
      const seconds = judged.reduce((sum, { start, end }) => sum + end - start, 0);
      const points = (one: Section) => one.against_whole[name] ?? 0;
      const sum = judged.reduce((total, one) => total + points(one) * (one.end - one.start), 0);
      collect(points(section) - sum / Math.max(1, seconds));
    }
  }
  // √(a² + b² − ab) of two readings that are uncertain by the same.
  collect(DIMENSIONS.map((name) => analysis.dimensions[name].uncertainty));
  // Medians of an even number of earlier recordings, and how many there were.
  for (const name of DIMENSIONS) {
    const scores = history.map(({ dimensions }) => dimensions[name].score ?? 0);
    collect(scores.flatMap((a) => scores.map((b) => (a + b) / 2)));
  }
  collect(history.map((_, index) => index + 1));
  const days = history.flatMap(({ created_at }) => [
    String(Number(created_at.slice(8, 10))),
    created_at.slice(0, 4),
  ]);
  return [
    ...days,
    ...numbers.flatMap((number) => [figure(number), whole(number), percent(number).replace(" %", "")]),
  ].map((text) => text.replace("−", ""));
}
