import { describe, expect, test } from "vitest";

import { groupOnsets, type OnsetGroup } from "../../src/music/onset-groups.ts";
import { findRestarts } from "../../src/music/restarts.ts";

const QUAVER = 0.3;

/** One note a quaver, with a stop before the note at `stopped` and a remark in it. */
function playedWithRemark(pitches: readonly number[], stopped: number, stop: number) {
  const timeOf = (index: number) => index * QUAVER + (index >= stopped ? stop : 0);
  const groups: OnsetGroup[] = groupOnsets(
    pitches.map((pitch, index) => ({
      pitch,
      onset: timeOf(index),
      offset: timeOf(index) + QUAVER,
      level: 0,
      salience: 1,
    })),
  );
  const spoken = [{ start: timeOf(stopped - 1) + 1, end: timeOf(stopped) - 1 }];
  return findRestarts(groups, spoken);
}

const MELODY = [60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 79, 81, 83, 84, 86];
const ALBERTI = [60, 67, 64, 67];

describe("after a remark", () => {
  test("what is begun again was begun again, on the beat or off it", () => {
    for (const stop of [4 * QUAVER + 2, 4.5 * QUAVER + 2]) {
      const again = [...MELODY.slice(0, 10), ...MELODY.slice(4, 16)];
      const [restart, ...others] = playedWithRemark(again, 10, stop);
      expect(others).toEqual([]);
      expect(restart.repeated).toBeGreaterThanOrEqual(6);
      expect(restart.time).toBeCloseTo(10 * QUAVER + stop);
    }
  });

  test("a figure that goes on isn't begun again, however long it has been going on", () => {
    for (const times of [2, 3, 4, 6]) {
      const before = [...MELODY.slice(8, 14), ...Array.from({ length: times }, () => ALBERTI).flat()];
      expect(playedWithRemark([...before, ...ALBERTI, ...ALBERTI], before.length, 3.1)).toEqual([]);
    }
  });
});
