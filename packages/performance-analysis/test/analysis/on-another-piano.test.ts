import type { Analysis, Finding } from "@crescendai/contracts";
import { beforeAll, describe, expect, test } from "vitest";
import { endOf, flat, jittered, lengthened, rushed, swelling } from "../music/performances.ts";
import { BROKEN_CHORDS, OTHER_PIANO, pedalEvery, perform, STEPS, STUDY } from "./performing.ts";

/*
 * The changes of controlled-changes.test.ts on a piano that holds its sound less well: what is found is the playing, not the
 * instrument.
 */

const play: typeof perform = (notes, pedal) => perform(notes, pedal, OTHER_PIANO);

let plain: Analysis;
beforeAll(async () => {
  plain = await play(STUDY);
});

function findingOf({ findings }: Analysis, kind: Finding["kind"]): Finding | undefined {
  return findings.find((finding) => finding.kind === kind);
}

/** The dimension is lower than before by more than its uncertainty. */
function expectFall(dimension: keyof Analysis["dimensions"], before: Analysis, after: Analysis) {
  const from = before.dimensions[dimension];
  const to = after.dimensions[dimension];
  expect((from.score ?? 0) - (to.score ?? 100), dimension).toBeGreaterThan(to.uncertainty ?? 100);
}

const FAULTS = [
  "uneven_runs",
  "tempo_drift",
  "unsteady_pulse",
  "chords_not_together",
  "detached_passage",
  "overlapped_passage",
  "pedal_blur",
] as const;

describe("on another piano", () => {
  test("nothing is found fault with in even playing but its one dynamic", () => {
    for (const kind of FAULTS) expect(findingOf(plain, kind), kind).toBeUndefined();
    expect(findingOf(plain, "even_runs")).toBeDefined();
  });

  test("40 ms of jitter are uneven runs, where they are", async () => {
    const heard = await play(jittered(STUDY, 0.04));
    expectFall("rhythmic_precision", plain, heard);
    expect(findingOf(heard, "uneven_runs")).toBeDefined();
    const there = findingOf(await play(jittered(STUDY, 0.04, 4, 11)), "uneven_runs");
    expect(there?.start).toBeGreaterThanOrEqual(3.5);
    expect(there?.end).toBeLessThanOrEqual(11.5);
  });

  test("rushing by a fifth in the second half is named with its sign, its size and its second", async () => {
    const heard = await play(rushed(STUDY, 0.2));
    expectFall("rhythmic_precision", plain, heard);
    const drift = findingOf(heard, "tempo_drift");
    expect(drift?.evidence["tempo_change_percent"]).toBeGreaterThan(16);
    expect(drift?.evidence["tempo_change_percent"]).toBeLessThan(24);
    expect(Math.abs(((drift?.start ?? 0) + (drift?.end ?? 0)) / 2 - endOf(STUDY) / 2)).toBeLessThan(2);
  });

  test("flat dynamics are told from shaped ones", async () => {
    const shaped = await play(swelling(STUDY, 8));
    const even = await play(flat(STUDY));
    expectFall("dynamics_control", shaped, even);
    expect(findingOf(even, "narrow_dynamics")).toBeDefined();
    expect(findingOf(shaped, "narrow_dynamics")).toBeUndefined();
  });

  test("staccato is detached, notes held into the next overlap, and neither is taken for pedal", async () => {
    const short = await play(lengthened(STUDY, 0.45));
    const long = await play(lengthened(STUDY, 1.75));
    for (const heard of [short, long]) {
      expectFall("articulation_quality", plain, heard);
      expect(findingOf(heard, "pedal_blur")).toBeUndefined();
    }
    expect(findingOf(short, "detached_passage")).toBeDefined();
    expect(findingOf(short, "overlapped_passage")).toBeUndefined();
    expect(findingOf(long, "overlapped_passage")).toBeDefined();
    expect(findingOf(long, "detached_passage")).toBeUndefined();
  });

  test("a pedal held over changes of harmony blurs; one changed with them doesn't, nor does none", async () => {
    const blurred = await play(BROKEN_CHORDS, pedalEvery(4));
    const clear = await play(BROKEN_CHORDS, pedalEvery(1));
    expectFall("pedaling_technique", clear, blurred);
    expect(findingOf(blurred, "pedal_blur")).toBeDefined();
    expect(findingOf(blurred, "overlapped_passage")).toBeUndefined();
    expect(findingOf(clear, "pedal_blur")).toBeUndefined();
    expect(findingOf(await play(BROKEN_CHORDS), "pedal_blur")).toBeUndefined();
  });

  test("a pedal changed with the harmony is clear under a melody in steps; held over the changes it blurs", async () => {
    const dry = await play(STEPS);
    const clear = await play(STEPS, pedalEvery(1));
    const blurred = await play(STEPS, pedalEvery(4));
    const { score, uncertainty } = dry.dimensions.pedaling_technique;
    const lost = (score ?? 100) - (clear.dimensions.pedaling_technique.score ?? 0);
    expect(lost).toBeLessThanOrEqual(uncertainty ?? 0);
    expect(findingOf(clear, "pedal_blur")).toBeUndefined();
    expectFall("pedaling_technique", clear, blurred);
    expect(findingOf(blurred, "pedal_blur")).toBeDefined();
  });
});
