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

describe("a scale in quick notes between chords that stand apart", () => {
  /** Three octaves up and down at 0.15 s a note, held for so much of it, then four short fifths; four times. */
  const scales = (held: number): PlayedNote[] =>
    [0, 1, 2, 3].flatMap((turn) => {
      const start = LEAD_IN + turn * 9;
      const steps = [...Array(22).keys(), ...[...Array(21).keys()].reverse()];
      const struck = (onset: number, length: number, pitch: number, melody: boolean) => ({
        onset,
        offset: onset + length,
        pitch,
        level: -14,
        melody,
      });
      const scale = steps.map((step, index) => {
        const pitch = 60 + 12 * Math.floor(step / 7) + [0, 2, 4, 5, 7, 9, 11][step % 7];
        return struck(start + 0.15 * index, 0.15 * held, pitch, true);
      });
      const chords = [0, 5, 7, 0].flatMap((root, index) =>
        [48, 55].map((pitch) => struck(start + 7 + 0.4 * index, 0.18, pitch + root, false)),
      );
      return [...scale, ...chords];
    });
  const found = (held: number) => hear(scales(held)).findings.find(({ kind }) => kind === "detached_passage");

  test("isn't told to be detached for their sake, unless its own notes are heard to be", () => {
    expect(found(1)).toBeUndefined();
    expect(found(0.4)).toBeDefined();
  });
});

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
