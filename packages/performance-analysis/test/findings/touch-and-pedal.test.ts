import { describe, expect, test } from "vitest";
import { touchFindings } from "../../src/findings/touch-and-pedal.ts";
import { hear } from "../music/listening.ts";
import { BAR, LEAD_IN, lengthened, type PlayedNote, QUAVER, study } from "../music/performances.ts";

/** What is said of the pedal where so much of what rubs sounds on, at four moments a second, among these notes. */
function pedalFindings(
  notes: readonly PlayedNote[],
  sustained: number,
  soundingAt: (time: number) => number,
) {
  const { reading, whole, seconds } = hear(notes);
  const blurs = Array.from({ length: 4 * Math.floor(seconds) }, (_, index) => ({
    time: index / 4,
    rubbing: 1,
    sounding: soundingAt(index / 4),
  }));
  return touchFindings({ ...reading, blurs }, { ...whole, sustained }).filter(
    ({ dimension }) => dimension === "pedaling_technique",
  );
}

describe("a passage in which fingers hold notes on", () => {
  const from = LEAD_IN + 6 * BAR;
  const to = LEAD_IN + 8 * BAR;
  const overlapping = lengthened(study(15), 1.75, from, to);

  test("isn't said to be blurred by the pedal; what lies before and after it is", () => {
    const found = pedalFindings(overlapping, 0.4, () => 0.5);
    expect(found.map(({ kind }) => kind)).toEqual(["pedal_blur", "pedal_blur"]);
    expect(found[0]?.end).toBeLessThan(from + 1);
    expect(found[1]?.start).toBeGreaterThan(to - QUAVER);
    const [only, ...others] = pedalFindings(overlapping, 0.4, (time) => (time > to + 1 ? 0.6 : 0));
    expect(others).toEqual([]);
    expect(only?.start).toBeGreaterThan(to - QUAVER);
  });

  test("keeps the pedal from being called clear", () => {
    expect(pedalFindings(overlapping, 0.4, () => 0.02)).toEqual([]);
  });
});

describe("a clear pedal", () => {
  test("is praised where one is in use, and hardly anything sounds on", () => {
    expect(pedalFindings(study(12), 0.4, () => 0.02)).toMatchObject([{ kind: "clear_pedal" }]);
    expect(pedalFindings(study(12), 0.2, () => 0.02)).toEqual([]);
    expect(pedalFindings(study(12), 0.4, () => 0.05)).toEqual([]);
  });
});
