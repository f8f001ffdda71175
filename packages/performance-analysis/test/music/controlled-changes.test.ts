import type { Finding } from "@crescendai/contracts";
import { describe, expect, test } from "vitest";
import { timeFindings } from "../../src/findings/time.ts";
import type { MeasuredDimension, MeasuredScores } from "../../src/music/measured-scores.ts";
import { findTempoChange } from "../../src/music/tempo-change.ts";
import { hear } from "./listening.ts";
import {
  BAR,
  balanced,
  endOf,
  flat,
  jittered,
  LEAD_IN,
  lengthened,
  type PlayedNote,
  pedalled,
  QUAVER,
  restarted,
  rushed,
  study,
  swelling,
} from "./performances.ts";

const DIMENSIONS = [
  "rhythmic_precision",
  "dynamics_control",
  "articulation_quality",
  "pedaling_technique",
  "note_accuracy",
] as const;

function scoreOf(scores: MeasuredScores, dimension: MeasuredDimension) {
  const reading = scores[dimension];
  if (reading === null) throw new Error(`${dimension} wasn't measured`);
  return reading;
}

/** How many points each dimension moves from one performance to the other. */
function movesBetween(before: readonly PlayedNote[], after: readonly PlayedNote[]) {
  // Heard with different errors, as two recordings would be.
  const from = hear(before, 3).scores;
  const to = hear(after, 2).scores;
  return DIMENSIONS.flatMap((dimension) => {
    if (to[dimension] === null) return [];
    const { score, uncertainty } = scoreOf(to, dimension);
    return [{ dimension, move: score - scoreOf(from, dimension).score, uncertainty }];
  });
}

/** The dimension falls by at least so much and by more than its uncertainty; the others stay within theirs, or are `unknown` then. */
function expectOnlyFall(
  before: readonly PlayedNote[],
  after: readonly PlayedNote[],
  meant: MeasuredDimension,
  least: number,
  unknown: readonly MeasuredDimension[] = [],
) {
  const moves = movesBetween(before, after);
  expect(DIMENSIONS.filter((one) => !moves.some(({ dimension }) => dimension === one))).toEqual(unknown);
  for (const { dimension, move, uncertainty } of moves) {
    if (dimension === meant) {
      expect(move, dimension).toBeLessThanOrEqual(-least);
      expect(move, dimension).toBeLessThan(-uncertainty);
    } else {
      expect(Math.abs(move), dimension).toBeLessThanOrEqual(uncertainty);
    }
  }
}

function findingOf(played: readonly PlayedNote[], kind: Finding["kind"]): Finding | undefined {
  return hear(played).findings.find((finding) => finding.kind === kind);
}

const BASE = study();
const END = endOf(BASE);

describe("timing", () => {
  test("15 ms of jitter cost rhythm about ten points, 40 ms about 25, and nothing else", () => {
    expectOnlyFall(BASE, jittered(BASE, 0.015), "rhythmic_precision", 8);
    expectOnlyFall(BASE, jittered(BASE, 0.04), "rhythmic_precision", 20);
  });

  test("unevenness is measured in milliseconds, whatever the tempo does slowly", () => {
    const slowing = BASE.map((note) => ({
      ...note,
      onset: note.onset * (1 + note.onset / 200),
      offset: note.offset * (1 + note.offset / 200),
    }));
    expect(hear(BASE).whole.unevenness).toBeLessThan(0.008);
    expect(hear(slowing).whole.unevenness).toBeLessThan(0.008);
    expect(hear(jittered(BASE, 0.015)).whole.unevenness).toBeGreaterThan(0.012);
    expect(hear(jittered(BASE, 0.015)).whole.unevenness).toBeLessThan(0.021);
    expect(hear(jittered(BASE, 0.04)).whole.unevenness).toBeGreaterThan(0.03);
  });

  test("uneven runs are found where they are, with their milliseconds", () => {
    const finding = findingOf(jittered(BASE, 0.03, 10, 18), "uneven_runs");
    expect(finding?.start).toBeGreaterThan(7.5);
    expect(finding?.end).toBeLessThan(20.5);
    expect(finding?.evidence["unevenness_ms"]).toBeGreaterThan(18);
    expect(finding?.evidence["interval_ms"]).toBeCloseTo(1000 * QUAVER, -1.3);
    expect(findingOf(BASE, "uneven_runs")).toBeUndefined();
    expect(findingOf(BASE, "even_runs")).toBeDefined();
  });

  test("rushing by a fifth in the second half costs rhythm, and is named with its seconds", () => {
    const played = rushed(BASE, 0.2);
    expectOnlyFall(BASE, played, "rhythmic_precision", 12);
    const finding = findingOf(played, "tempo_drift");
    expect(finding?.evidence["tempo_change_percent"]).toBeGreaterThan(17);
    expect(finding?.evidence["tempo_change_percent"]).toBeLessThan(23);
    expect(Math.abs((finding?.start ?? 0) - END / 2)).toBeLessThan(2);
    expect(findingOf(BASE, "tempo_drift")).toBeUndefined();
  });

  test("a change that only the running notes tell is given in the beats before it, not in those of another change", () => {
    const { reading } = hear(rushed(BASE, 0.2));
    const { pulse } = reading;
    // Beats that were followed at another level from some moment on are no change of tempo.
    const change = { start: 20, end: 21, from: 50, to: 100, explained: 0.9, error: 1 };
    const misled = { ...pulse, tempo: 100, change };
    const tempoChange = findTempoChange(misled, reading.runs, reading.groups.length);
    const findings = timeFindings([], { ...reading, pulse: misled, tempoChange });
    const evidence = findings.find(({ kind }) => kind === "tempo_drift")?.evidence;
    // Two quavers to a beat.
    expect(evidence?.["tempo_before_bpm"]).toBeCloseTo(30 / QUAVER, -0.7);
    expect(evidence?.["tempo_after_bpm"]).toBeCloseTo((1.2 * 30) / QUAVER, -0.7);
  });

  test("chords that aren't struck together are found, and those that are", () => {
    const arpeggiated = BASE.map((note) =>
      note.melody && note.onset > 10 && note.onset < 20
        ? { ...note, onset: note.onset + 0.05, offset: note.offset + 0.05 }
        : note,
    );
    const finding = findingOf(arpeggiated, "chords_not_together");
    expect(finding?.start).toBeGreaterThan(7.5);
    expect(finding?.end).toBeLessThan(22.5);
    expect(finding?.evidence["spread_ms"]).toBeGreaterThan(40);
    expect(findingOf(BASE, "chords_together")).toBeDefined();
  });

  test("a restart is found where it is, and a repetition in time isn't one", () => {
    const played = restarted(BASE, LEAD_IN + 5 * BAR + 4 * QUAVER, 6 * QUAVER, 1.13);
    const { reading, findings, scores } = hear(played);
    expect(reading.restarts).toHaveLength(1);
    const finding = findings.find(({ kind }) => kind === "restart");
    expect(Math.abs((finding?.end ?? 0) - (LEAD_IN + 5 * BAR + 4 * QUAVER + 1.13))).toBeLessThan(0.5);
    expect(scoreOf(scores, "note_accuracy").score).toBeLessThan(
      scoreOf(hear(BASE).scores, "note_accuracy").score - 5,
    );
    const repeated = restarted(BASE, LEAD_IN + 5 * BAR + 4 * QUAVER, 6 * QUAVER, 4 * QUAVER);
    expect(hear(repeated).reading.restarts).toEqual([]);
    expect(hear(BASE).reading.restarts).toEqual([]);
  });
});

describe("dynamics", () => {
  test("flat against shaped dynamics are fifteen points of dynamics, and nothing else", () => {
    expectOnlyFall(swelling(BASE, 8), flat(BASE), "dynamics_control", 15);
    expect(findingOf(flat(BASE), "narrow_dynamics")).toBeDefined();
    expect(findingOf(swelling(BASE, 8), "narrow_dynamics")).toBeUndefined();
  });

  test("a buried melody costs dynamics, a voiced one is a strength; each is named", () => {
    expectOnlyFall(BASE, balanced(BASE, -17, -10), "dynamics_control", 7);
    expectOnlyFall(balanced(BASE, -7, -16), balanced(BASE, -17, -10), "dynamics_control", 12);
    const buried = findingOf(balanced(BASE, -17, -10), "melody_buried");
    expect(buried?.evidence["melody_over_accompaniment_db"]).toBeLessThan(-4);
    const voiced = findingOf(balanced(BASE, -7, -16), "melody_voiced");
    expect(voiced?.evidence["melody_over_accompaniment_db"]).toBeGreaterThan(7);
    expect(findingOf(BASE, "melody_buried")).toBeUndefined();
  });
});

describe("touch and pedal", () => {
  test("staccato costs articulation, and is found where it is", () => {
    expectOnlyFall(BASE, lengthened(BASE, 0.45), "articulation_quality", 12);
    const finding = findingOf(lengthened(BASE, 0.45, 10, 18), "detached_passage");
    expect(finding?.start).toBeGreaterThan(8);
    expect(finding?.end).toBeLessThan(20);
    expect(finding?.evidence["duration_ratio"]).toBeLessThan(0.7);
    expect(finding?.evidence["elsewhere_ratio"]).toBeGreaterThan(0.95);
    expect(findingOf(BASE, "detached_passage")).toBeUndefined();
  });

  test("staccato everywhere is found everywhere, though of quick notes it isn't heard", () => {
    // Every other bar in semiquavers, which strings and room join.
    const played = study().flatMap((note) => {
      const isQuick = Math.floor((note.onset - LEAD_IN + 1e-6) / BAR) % 2 === 1;
      if (!isQuick) return [{ ...note, offset: note.onset + 0.45 * QUAVER }];
      const half = QUAVER / 2;
      return [0, half].map((late) => ({
        ...note,
        onset: note.onset + late,
        offset: note.onset + late + 0.96 * half,
        pitch: note.pitch + (late > 0 ? 2 : 0),
      }));
    });
    const finding = findingOf(played, "detached_passage");
    expect(finding?.start).toBeLessThan(LEAD_IN + BAR);
    expect(finding?.end).toBeGreaterThan(endOf(played) - 2 * BAR);
    expect(finding?.evidence["elsewhere_ratio"]).toBe(1);
  });

  test("notes held on into the next cost articulation; of the pedal nothing is known then, good or bad", () => {
    const played = lengthened(BASE, 1.75);
    expectOnlyFall(BASE, played, "articulation_quality", 12, ["pedaling_technique"]);
    expect(findingOf(played, "overlapped_passage")).toBeDefined();
    expect(findingOf(played, "pedal_blur")).toBeUndefined();
    expect(findingOf(played, "clear_pedal")).toBeUndefined();
  });

  test("a pedal held over changes of harmony costs pedalling, and is named; one changed with them doesn't blur", () => {
    const blurred = pedalled(BASE, 4);
    expectOnlyFall(BASE, blurred, "pedaling_technique", 15);
    expect(findingOf(blurred, "pedal_blur")?.evidence["blur_share"]).toBeGreaterThan(0.18);
    expect(findingOf(BASE, "pedal_blur")).toBeUndefined();
  });
});
