import { type Analysis, DEFAULT_CONTEXT, type UserContext } from "@crescendai/contracts";
import { describe, expect, test } from "vitest";
import { dayOf, type History, timeOf } from "../src/composition/history.ts";
import { uncertaintyOfDifference } from "../src/composition/uncertainty.ts";
import { composeFeedback, composeResult } from "./support/compose.ts";
import { analysisOf, earlierOf, META, notesOf, perceptions, readings } from "./support/heard-music.ts";
import { PERFORMANCES } from "./support/performances.ts";

function feedbackOn(analysis: Analysis, history: History) {
  return composeFeedback(analysis, DEFAULT_CONTEXT, META, history);
}

const uneven = analysisOf({ measurements: { notes: notesOf({ unevenness_ms: 21 }) } });
const even = analysisOf({ measurements: { notes: notesOf({ unevenness_ms: 9 }) } });

describe("against an earlier take of the same music", () => {
  test("what has improved is a strength, with both numbers and the day", () => {
    const { overall_assessment, metadata, encouragement } = feedbackOn(even, [earlierOf(uneven)]);
    expect(overall_assessment.strengths[0]).toBe(
      "Your running notes are steadier than on 3 March: 9 ms off an even spacing instead of 21.",
    );
    expect(metadata.changes).toEqual([
      { of: "unevenness_ms", unit: "ms", before: 21, now: 9, direction: "better" },
    ]);
    expect(metadata.compared_with).toMatchObject([
      { created_at: "2026-03-03T18:20:00.000Z", same_music: 0.8 },
    ]);
    expect(encouragement).toContain("3 March");
  });

  test("what has got worse is worked on, back to where it was", () => {
    const { overall_assessment, practice_recommendations } = feedbackOn(uneven, [earlierOf(even)]);
    expect(overall_assessment.areas_for_improvement[0]).toContain("less steady than on 3 March: 21 ms");
    expect(practice_recommendations.exercises[0]).toMatch(/dotted rhythm.* back at 9 ms \(now 21 ms\)/);
  });

  test("what has become better and what less good is summed up by its sides", () => {
    const notes = notesOf({ unevenness_ms: 9, chord_spread_ms: 40 });
    const { metadata } = feedbackOn(analysisOf({ measurements: { notes } }), [earlierOf(uneven)]);
    expect(metadata.notes.join(" ")).toContain(
      "as well. Better than then: the evenness of your running notes. Less good than then: the way your chords fall together.",
    );
  });

  test("what has become better in one way and less good in another is said to be both", () => {
    const before = analysisOf({
      measurements: { notes: notesOf({ restarts: [{ start: 3, end: 5 }] }) },
    });
    const pauses = [10, 20, 30].map((start) => ({ start, end: start + 1 }));
    const { metadata } = feedbackOn(analysisOf({ measurements: { pauses } }), [earlierOf(before)]);
    expect(metadata.notes.join(" ")).toContain("as well. Partly better, partly less good: the flow of");
  });

  test("a change within its uncertainty isn't claimed, and that is said", () => {
    const nearly = analysisOf({
      dimensions: readings({ phrasing: 65 }),
      measurements: { notes: notesOf({ unevenness_ms: 16 }), dynamic_range_db: 15.5 },
    });
    const { metadata, overall_assessment } = feedbackOn(nearly, [earlierOf(analysisOf())]);
    expect(metadata.changes).toEqual([]);
    expect(metadata.notes.join(" ")).toContain(
      "no difference between the two takes is larger than the uncertainty",
    );
    expect(overall_assessment.strengths.join(" ")).not.toContain("3 March");
  });

  test("a dimension has changed where it moved by more than the uncertainty of the difference", () => {
    const better = analysisOf({ dimensions: readings({ phrasing: 68 }) });
    expect(feedbackOn(better, [earlierOf(analysisOf())]).metadata.changes).toEqual([
      { of: "phrasing", unit: "points", before: 60, now: 68, direction: "better" },
    ]);
    const hardly = analysisOf({ dimensions: readings({ phrasing: 66 }) });
    expect(feedbackOn(hardly, [earlierOf(analysisOf())]).metadata.changes).toEqual([]);
  });

  test("what an exercise calls success is told as a change once it is reached", () => {
    const before = analysisOf({ dimensions: readings({ dynamics_control: 40 }) });
    const wanted = JSON.stringify(feedbackOn(before, []).practice_recommendations).match(/(\d+) or more/);
    const reached = Number(wanted?.[1]);
    const after = analysisOf({ dimensions: readings({ dynamics_control: reached }) });
    expect(feedbackOn(after, [earlierOf(before)]).metadata.changes).toMatchObject([
      { of: "dynamics_control", before: 40, now: reached, direction: "better" },
    ]);
  });

  test("a dimension that is measured has changed only by more than two microphones and rooms would make of it", () => {
    const before = [earlierOf(analysisOf())];
    const changesOf = (score: number) =>
      feedbackOn(analysisOf({ dimensions: readings({ dynamics_control: score }) }), before).metadata.changes;
    // Both err by 7 on their own: the difference by 7 √2 = 9.9.
    expect(changesOf(69)).toEqual([]);
    expect(changesOf(71)).toMatchObject([{ of: "dynamics_control", direction: "better" }]);
  });

  test("what another piano or room changes as well is told on that condition", () => {
    const flat = analysisOf({ measurements: { dynamic_range_db: 8 } });
    const wide = analysisOf({ measurements: { dynamic_range_db: 14 } });
    expect(feedbackOn(wide, [earlierOf(flat)]).overall_assessment.strengths.join(" ")).toContain(
      "14 dB instead of 8, if piano, room and microphone are the same.",
    );
    expect(feedbackOn(wide, [earlierOf(flat)]).encouragement).not.toContain("has gained");
  });

  test("stops and restarts are counted only where the takes are about as long", () => {
    const broken = analysisOf({
      measurements: {
        notes: notesOf({
          restarts: [
            { start: 10, end: 12 },
            { start: 20, end: 22 },
          ],
        }),
      },
    });
    const whole = earlierOf(broken);
    expect(feedbackOn(analysisOf(), [whole]).metadata.changes).toMatchObject([
      { of: "restarts", before: 2, now: 0 },
    ]);
    expect(feedbackOn(analysisOf(), [{ ...whole, duration: 120 }]).metadata.changes).toEqual([]);
  });

  test("silence before the playing makes no take longer", () => {
    const { measurements } = analysisOf();
    const restart = [{ start: 10, end: 12 }];
    const before = analysisOf({ measurements: { ...measurements, notes: notesOf({ restarts: restart }) } });
    const late = analysisOf({
      duration: 80,
      analysed_duration: 80,
      measurements: { ...measurements, leading_silence: 40, notes: notesOf({ restarts: [] }) },
    });
    expect(feedbackOn(late, [earlierOf(before)]).metadata.changes).toMatchObject([
      { of: "restarts", before: 1, now: 0, direction: "better" },
    ]);
  });

  test("another tempo is neither better nor worse; half of it is another beat that was followed", () => {
    const at = (tempo_bpm: number) =>
      analysisOf({ measurements: { pulse: { ...analysisOf().measurements.pulse, tempo_bpm } } });
    const { metadata, overall_assessment } = feedbackOn(at(112), [earlierOf(at(96))]);
    expect(metadata.changes).toMatchObject([{ of: "tempo_bpm", direction: "different" }]);
    expect(metadata.notes.join(" ")).toContain(
      "faster than on 3 March: a beat of about 112 BPM instead of 96",
    );
    expect(overall_assessment.areas_for_improvement.join(" ")).not.toContain("BPM instead");
    expect(feedbackOn(at(48), [earlierOf(at(96))]).metadata.changes).toEqual([]);
  });

  test("the impression is compared as well, as probable", () => {
    const fuller = analysisOf({ perception: perceptions({ timbre_shallow_rich: 0.66 }) });
    const { overall_assessment } = composeResult(fuller, DEFAULT_CONTEXT, META, [earlierOf(analysisOf())]);
    expect(overall_assessment.performance_character).toContain(
      "It probably sounds fuller in tone than on 3 March.",
    );
  });

  test("a take of the same day is named once by its time, and then only as the one before", () => {
    const before = { ...earlierOf(uneven), created_at: "2026-11-23T08:05:00.000Z" };
    const feedback = feedbackOn({ ...even, perception: perceptions({ timbre_shallow_rich: 0.66 }) }, [
      before,
    ]);
    expect(feedback.overall_assessment.strengths[0]).toContain("steadier than before: 9 ms");
    expect(feedback.encouragement).toContain("compared with the take before");
    expect(feedback.metadata.notes).toContain("It probably sounds fuller in tone than before.");
    expect(JSON.stringify(feedback).match(/the same day/g)).toHaveLength(1);
  });

  test("a dimension is called the same in what has changed as in what is practised", () => {
    const lower = analysisOf({ dimensions: readings({ tone_quality: 45, musical_interpretation: 44 }) });
    const beginner: UserContext = { ...DEFAULT_CONTEXT, experience_level: "beginner" };
    const { overall_assessment, practice_recommendations } = composeFeedback(lower, beginner, META, [
      earlierOf(analysisOf()),
    ]);
    expect(overall_assessment.areas_for_improvement.join(" ")).toMatch(
      /Storytelling reads lower.*Sound reads/,
    );
    expect(practice_recommendations.immediate_focus.join(" ")).toMatch(/Storytelling.*Sound/);
  });

  test("the newest take counts, however good an older one was", () => {
    const older = earlierOf(even, { created_at: "2026-01-02T10:00:00.000Z" });
    const newer = earlierOf(uneven, { created_at: "2026-11-20T10:00:00.000Z" });
    expect(feedbackOn(analysisOf(), [newer, older]).metadata.compared_with[0]?.created_at).toBe(
      newer.created_at,
    );
  });

  test("a recording that gives too little isn't compared", () => {
    const { metadata } = feedbackOn({ ...even, confidence: 0.3 }, [earlierOf(uneven)]);
    expect(metadata.changes).toEqual([]);
    expect(metadata.notes.join(" ")).toContain("too little to go by this time");
  });

  test("is not compared with a take that gave too little; an older one that gave enough is taken instead", () => {
    const rough = { ...earlierOf(uneven), confidence: 0.3 };
    const { metadata } = feedbackOn(even, [rough]);
    expect(metadata.changes).toEqual([]);
    expect(metadata.notes.join(" ")).toContain("on 3 March as well, but there was too little to go by then");
    const older = earlierOf(uneven, { created_at: "2026-01-02T10:00:00.000Z" });
    expect(feedbackOn(even, [rough, older]).overall_assessment.strengths[0]).toContain("than on 2 January");
  });

  test("a second take of the same player tells what practice did", () => {
    const { analysis, context, history } = PERFORMANCES.secondTake;
    const { overall_assessment } = composeFeedback(analysis, context, META, history);
    expect(overall_assessment.strengths.slice(0, 3).join(" ")).toMatch(
      /steadier.*Fewer gaps.*Fewer restarts/,
    );
  });
});

describe("against other music only", () => {
  const earlier = (count: number, rhythmic_precision: number) =>
    Array.from({ length: count }, (_, index) =>
      earlierOf(analysisOf({ dimensions: readings({ rhythmic_precision }) }), {
        same_music: 0.05,
        created_at: `2026-10-${String(20 - index).padStart(2, "0")}T10:00:00.000Z`,
      }),
    );
  const trend =
    /Against your last 3 recordings of other music, rhythmic precision reads higher \(about 75, usually 60\)/;
  const now = analysisOf({ dimensions: readings({ rhythmic_precision: 75 }) });

  test("a plain difference is mentioned, with the music as a possible reason", () => {
    const { metadata } = feedbackOn(now, earlier(3, 60));
    expect(metadata.notes.join(" ")).toMatch(trend);
    expect(metadata.notes.join(" ")).toContain("the music may be the reason");
    expect(metadata.compared_with).toEqual([]);
    expect(metadata.changes).toEqual([]);
  });

  test("two recordings are no trend, and neither is a small difference", () => {
    expect(feedbackOn(now, earlier(2, 60)).metadata.notes.join(" ")).not.toContain("other music");
    expect(feedbackOn(now, earlier(3, 68)).metadata.notes.join(" ")).not.toContain("other music");
    const rough = earlier(3, 60).map((take) => ({ ...take, confidence: 0.3 }));
    expect(feedbackOn(now, rough).metadata.notes.join(" ")).not.toContain("other music");
  });
});

test("errors in common make a difference surer, and none of them surer than nothing", () => {
  expect(uncertaintyOfDifference(6, 8, 0)).toBeCloseTo(10);
  expect(uncertaintyOfDifference(7, 7, 0.5)).toBeCloseTo(7);
  expect(uncertaintyOfDifference(5, 5, 1)).toBe(0);
});

test("days are named as a person would", () => {
  const now = "2026-11-23T10:00:00.000Z";
  expect(dayOf("2026-03-03T18:20:00.000Z", now)).toBe("on 3 March");
  expect(dayOf("2025-12-31T23:59:59.000Z", now)).toBe("on 31 December 2025");
  expect(timeOf("2026-03-03T18:20:00.000Z", now)).toBe("on 3 March");
  expect(timeOf("2026-11-23T08:05:00.000Z", now)).toBe("at 8:05 UTC the same day");
  expect(dayOf("2026-11-23T08:05:00.000Z", now)).toBe("before");
});
