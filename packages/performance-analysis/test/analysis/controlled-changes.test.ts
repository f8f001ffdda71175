import { type Analysis, DIMENSIONS, type Finding } from "@crescendai/contracts";
import { beforeAll, describe, expect, test } from "vitest";
import {
  balanced,
  endOf,
  flat,
  jittered,
  lengthened,
  loosened,
  pulsing,
  rushed,
  study,
  swelling,
} from "../music/performances.ts";
import { BROKEN_CHORDS, pedalEvery, perform, SONG, STUDY } from "./performing.ts";

/*
 * One thing about the playing is changed at a time, and the whole ears hear it through the sound. The same changes
 * without the sound are in ../music/controlled-changes.test.ts.
 */

const MEASURED = [
  "rhythmic_precision",
  "dynamics_control",
  "articulation_quality",
  "pedaling_technique",
  "note_accuracy",
] as const;
type Measured = (typeof MEASURED)[number];

let plain: Analysis;
beforeAll(async () => {
  plain = await perform(STUDY);
});

/** How many points a dimension moves from one performance to the other, and the larger uncertainty of both. */
function moveOf(dimension: Measured, before: Analysis, after: Analysis) {
  const from = before.dimensions[dimension];
  const to = after.dimensions[dimension];
  if (from.score === null || to.score === null) throw new Error(`${dimension} wasn't scored`);
  return { move: to.score - from.score, uncertainty: Math.max(from.uncertainty ?? 0, to.uncertainty ?? 0) };
}

/** The dimension falls by more than its uncertainty; the other measured ones stay within theirs, but for `aside`. */
function expectOnlyFall(meant: Measured, before: Analysis, after: Analysis, aside: readonly Measured[] = []) {
  for (const dimension of MEASURED.filter((one) => !aside.includes(one))) {
    const { move, uncertainty } = moveOf(dimension, before, after);
    if (dimension === meant) expect(move, dimension).toBeLessThan(-uncertainty);
    else expect(Math.abs(move), dimension).toBeLessThanOrEqual(uncertainty);
  }
}

/** What listeners would rate and nothing measures stays within its uncertainty. */
function expectSameRatings(before: Analysis, after: Analysis) {
  for (const dimension of DIMENSIONS.filter((one) => before.dimensions[one].basis === "rated")) {
    const from = before.dimensions[dimension];
    const to = after.dimensions[dimension];
    const least = Math.min(from.uncertainty ?? 0, to.uncertainty ?? 0);
    expect(Math.abs((to.score ?? 0) - (from.score ?? 0)), dimension).toBeLessThan(least);
  }
}

function findingOf({ findings }: Analysis, kind: Finding["kind"]): Finding | undefined {
  return findings.find((finding) => finding.kind === kind);
}

/** The finding is there and lies between the two moments, in seconds. */
function expectWithin(
  analysis: Analysis,
  kind: Finding["kind"],
  from: number,
  to: number,
): Finding | undefined {
  const finding = findingOf(analysis, kind);
  expect(finding, kind).toBeDefined();
  expect(finding?.start, kind).toBeGreaterThanOrEqual(from);
  expect(finding?.end, kind).toBeLessThanOrEqual(to);
  return finding;
}

describe("playing that is even, steady and joined", () => {
  test("is told to be so, and nothing is found fault with but its one dynamic", () => {
    for (const kind of ["even_runs", "steady_pulse", "chords_together", "narrow_dynamics"] as const) {
      expect(findingOf(plain, kind), kind).toBeDefined();
    }
    const kinds = plain.findings.map(({ kind }) => kind);
    for (const fault of ["uneven_runs", "tempo_drift", "pedal_blur", "detached_passage", "restart"]) {
      expect(kinds).not.toContain(fault);
    }
  });
});

describe("timing", () => {
  test("15 ms of jitter cost rhythm, and nothing else; pianists have as much, so nobody is told of it", async () => {
    const heard = await perform(jittered(STUDY, 0.015));
    expectOnlyFall("rhythmic_precision", plain, heard);
    expect(heard.measurements.notes?.unevenness_ms).toBeGreaterThan(9);
    expect(heard.measurements.notes?.unevenness_ms).toBeLessThan(21);
    for (const kind of ["uneven_runs", "even_runs"] as const)
      expect(findingOf(heard, kind), kind).toBeUndefined();
  });

  test("40 ms cost much more of it", async () => {
    const heard = await perform(jittered(STUDY, 0.04));
    // So loose that the gaps and overlaps between the notes are heard as touch, too.
    expectOnlyFall("rhythmic_precision", plain, heard, ["articulation_quality"]);
    expect(moveOf("rhythmic_precision", plain, heard).move).toBeLessThan(-15);
    expect(heard.measurements.notes?.unevenness_ms).toBeGreaterThan(28);
    expect(heard.measurements.notes?.unevenness_ms).toBeLessThan(52);
    expect(findingOf(heard, "uneven_runs")?.evidence["unevenness_ms"]).toBeGreaterThan(28);
  });

  test("neither makes the tone richer nor the interpretation better, though machines were rated low", async () => {
    expectSameRatings(plain, await perform(jittered(STUDY, 0.015)));
    expectSameRatings(plain, await perform(jittered(STUDY, 0.04)));
  });

  test("40 ms are uneven in slow quavers and in quick semiquavers too", async () => {
    const slowly = STUDY.map((note) => ({ ...note, onset: 1.4 * note.onset, offset: 1.4 * note.offset }));
    for (const piece of [slowly, SONG]) {
      expect(findingOf(await perform(piece), "uneven_runs")).toBeUndefined();
      expect(findingOf(await perform(loosened(piece, 0.015)), "uneven_runs")).toBeUndefined();
      expect(findingOf(await perform(loosened(piece, 0.04)), "uneven_runs")).toBeDefined();
    }
  });

  test("uneven runs are found where they are", async () => {
    expectWithin(await perform(jittered(STUDY, 0.04, 4, 11)), "uneven_runs", 3.5, 11.5);
  });

  test("rushing by a fifth in the second half costs rhythm, and is named with its moment and its amount", async () => {
    const heard = await perform(rushed(STUDY, 0.2));
    expectOnlyFall("rhythmic_precision", plain, heard);
    const middle = endOf(STUDY) / 2;
    const drift = expectWithin(heard, "tempo_drift", middle - 2, middle + 2);
    expect(drift?.evidence["tempo_change_percent"]).toBeGreaterThan(16);
    expect(drift?.evidence["tempo_change_percent"]).toBeLessThan(24);
  });
});

describe("dynamics", () => {
  test("flat against shaped dynamics cost dynamics, and nothing else; each is named", async () => {
    const shaped = await perform(swelling(STUDY, 8));
    const even = await perform(flat(STUDY));
    expectOnlyFall("dynamics_control", shaped, even);
    expect(findingOf(even, "narrow_dynamics")).toBeDefined();
    expect(findingOf(shaped, "narrow_dynamics")).toBeUndefined();
    // Falls from the top of the swell at 2.9 s to its bottom at 7.7 s, and rises again until 12.5 s.
    expectWithin(shaped, "diminuendo", 1.9, 8.7);
    const rises = shaped.findings.filter(({ kind, start }) => kind === "crescendo" && start > 6.7);
    expect(rises).toHaveLength(1);
    expect(rises[0]?.end).toBeLessThanOrEqual(13.5);
  });

  test("a buried melody costs dynamics, and nothing else; a voiced one is a strength, and scores higher", async () => {
    const voiced = await perform(balanced(STUDY, -7, -16));
    const buried = await perform(balanced(STUDY, -17, -10));
    expectOnlyFall("dynamics_control", plain, buried);
    const { move, uncertainty } = moveOf("dynamics_control", buried, voiced);
    expect(move).toBeGreaterThan(uncertainty);
    expect(findingOf(voiced, "melody_voiced")?.evidence["melody_over_accompaniment_db"]).toBeGreaterThan(5);
    expect(findingOf(buried, "melody_voiced")).toBeUndefined();
    expect(findingOf(buried, "melody_buried")?.evidence["melody_over_accompaniment_db"]).toBeLessThan(-2);
    for (const other of [plain, voiced]) expect(findingOf(other, "melody_buried")).toBeUndefined();
  });

  test("over Alberti figures that come near to it a melody is told as well as over any others", async () => {
    const even = await perform(balanced(SONG, -13, -13));
    const buried = await perform(balanced(SONG, -20, -10));
    const voiced = await perform(balanced(SONG, -8, -18));
    expectOnlyFall("dynamics_control", even, buried);
    const { move, uncertainty } = moveOf("dynamics_control", even, voiced);
    expect(move).toBeGreaterThan(uncertainty);
    expect(findingOf(buried, "melody_buried")).toBeDefined();
    expect(findingOf(voiced, "melody_voiced")).toBeDefined();
    for (const other of [even, voiced]) expect(findingOf(other, "melody_buried")).toBeUndefined();
  });

  test("a melody that is buried only in the second half is named there", async () => {
    const middle = endOf(STUDY) / 2;
    const heard = await perform(balanced(STUDY, -17, -9, middle));
    expectWithin(heard, "melody_buried", middle - 1.5, endOf(STUDY) + 0.5);
    expect(findingOf(heard, "melody_buried")?.end).toBeGreaterThan(endOf(STUDY) - 2);
  });
});

describe("touch and pedal", () => {
  test("staccato costs articulation, and nothing else; it is named, and found where it is", async () => {
    const heard = await perform(lengthened(STUDY, 0.45));
    expectOnlyFall("articulation_quality", plain, heard);
    expect(findingOf(heard, "detached_passage")).toBeDefined();
    expectWithin(await perform(lengthened(STUDY, 0.45, 5, 10)), "detached_passage", 3.5, 11.5);
  });

  test("notes held on into the next cost articulation, and it is said that nothing is known of the pedal then", async () => {
    const heard = await perform(lengthened(STUDY, 1.75));
    expectOnlyFall("articulation_quality", plain, heard, ["pedaling_technique"]);
    expect(heard.dimensions.pedaling_technique.score).toBeNull();
    expect(heard.dimensions.pedaling_technique.reason).toMatch(/^Fingers hold notes on/);
    expect(findingOf(heard, "overlapped_passage")).toBeDefined();
    expect(findingOf(heard, "pedal_blur")).toBeUndefined();
    expect(findingOf(heard, "clear_pedal")).toBeUndefined();
  });

  test("where notes are held on everywhere, no passage is told to be joined better than the whole", async () => {
    const { sections, dimensions } = await perform(lengthened(study(14), 1.75));
    expect(sections.length).toBeGreaterThan(1);
    for (const { against_whole } of sections) {
      const points = Math.abs(against_whole.articulation_quality ?? 0);
      expect(points).toBeLessThan(dimensions.articulation_quality.uncertainty ?? 0);
    }
  });

  test("over chords that are struck again and again, a melody and a bass held on are heard to be", async () => {
    const joined = pulsing(6);
    const held = lengthened(joined, 1.75).map((note, index) =>
      note.melody ? note : (joined[index] ?? note),
    );
    const before = await perform(joined);
    const after = await perform(held);
    const { move, uncertainty } = moveOf("articulation_quality", before, after);
    expect(move).toBeLessThan(-uncertainty);
    expect(findingOf(before, "overlapped_passage")).toBeUndefined();
    expect(findingOf(after, "overlapped_passage")).toBeDefined();
  });

  test("a pedal held over changes of harmony costs pedalling, one changed with them doesn't; each is named", async () => {
    const clear = await perform(BROKEN_CHORDS, pedalEvery(1));
    const blurred = await perform(BROKEN_CHORDS, pedalEvery(4));
    const dry = await perform(BROKEN_CHORDS);
    expectOnlyFall("pedaling_technique", clear, blurred);
    // Without any pedal it sounds thinner, and listeners would rate its dynamics lower: a fifth of the score.
    expectOnlyFall("pedaling_technique", dry, blurred, ["dynamics_control"]);
    const dynamics = moveOf("dynamics_control", dry, blurred);
    expect(dynamics.move).toBeLessThan(dynamics.uncertainty + 1);
    const { move, uncertainty } = moveOf("pedaling_technique", dry, clear);
    expect(move).toBeGreaterThan(-uncertainty);
    expect(findingOf(clear, "clear_pedal")).toBeDefined();
    expect(findingOf(clear, "pedal_blur")).toBeUndefined();
    // From the second bar on, when the first harmony still sounds.
    expectWithin(blurred, "pedal_blur", 2.4, endOf(BROKEN_CHORDS) + 0.5);
  });
});
