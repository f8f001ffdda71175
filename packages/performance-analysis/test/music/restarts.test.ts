import { describe, expect, test } from "vitest";

import { groupOnsets, type OnsetGroup } from "../../src/music/onset-groups.ts";
import { findPossibleRestarts, findRestarts } from "../../src/music/restarts.ts";

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

/** One note a distance, of the seconds given. */
function playedAt(pitches: readonly number[], distances: readonly number[]): OnsetGroup[] {
  let onset = 0;
  return groupOnsets(
    pitches.map((pitch, index) => {
      onset += index === 0 ? 0 : distances[index - 1];
      return { pitch, onset, offset: onset + 0.9 * (distances[index] ?? 1), level: 0, salience: 1 };
    }),
  );
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

test("a stop in which nobody speaks is told, however long a remark before it takes", () => {
  const pitches = [...MELODY.slice(0, 10), ...MELODY.slice(4, 16)];
  const seconds = pitches.map((_, index) => (index === 9 ? 6.5 * QUAVER : index === 2 ? 5 : QUAVER));
  const groups = playedAt(pitches, seconds);
  const spoken = [{ start: groups[2].time + 1, end: groups[3].time - 1 }];
  expect(findRestarts(groups, spoken)).toMatchObject([{ start: groups[4].time, time: groups[10].time }]);
  // Unspoken it is a pause, as the stop may be.
  expect(findRestarts(groups)).toEqual([]);
});

describe("a phrase that is played twice", () => {
  /** Seven quavers and a long note, three times: two alike, then another. */
  const phrases = [...MELODY.slice(0, 8), ...MELODY.slice(0, 8), ...MELODY.slice(8, 16)];
  const distances = (ends: readonly number[]) =>
    ends.flatMap((end) => [...Array.from({ length: 7 }, () => QUAVER), end * QUAVER]);

  test("isn't begun again where phrases end with a note as long, however freely it is held", () => {
    for (const ends of [
      [3.5, 3.3, 4.2],
      [4.4, 3.6, 3],
      [4.5, 2.4, 4],
    ]) {
      const groups = playedAt(phrases, distances(ends));
      expect(findPossibleRestarts(groups)).toHaveLength(1);
      expect(findRestarts(groups)).toEqual([]);
    }
  });

  test("and once more, isn't begun again where one of its ends is held on the beat", () => {
    const thrice = [0, 1, 2].flatMap(() => MELODY.slice(0, 8));
    expect(findRestarts(playedAt(thrice, distances([4, 4, 3])))).toEqual([]);
    expect(findRestarts(playedAt(thrice, distances([4, 4.5, 3])))).toEqual([]);
    // So that the repetition misses the beat, and the stop before it doesn't.
    const late = distances([4, 4.5, 3]).map((distance, index) => distance + (index === 3 ? 0.1 : 0));
    expect(findRestarts(playedAt(thrice, late))).toEqual([]);
  });

  test("was begun again where a stop is twice as long as any other note around", () => {
    // Of these the last is on the beat, and the repetition isn't.
    for (const stop of [6.5, 7.4, 9.5, 8]) {
      const seconds = distances([stop, 3, 3]).map((distance, index) => distance + (index === 3 ? 0.1 : 0));
      const [restart, ...others] = findRestarts(playedAt(phrases, seconds));
      expect(others).toEqual([]);
      expect(restart).toMatchObject({ start: 0, repeated: 8 });
    }
  });
});

test("of a phrase that was played twice the second time is begun again, though only the first misses the beat", () => {
  const thrice = [0, 1, 2].flatMap(() => MELODY.slice(0, 8));
  const distances = thrice.map((_, index) => (index === 3 ? 1.4 : index === 15 ? 8 : 1) * QUAVER);
  const groups = playedAt(thrice, distances);
  expect(findRestarts(groups)).toMatchObject([{ start: groups[8].time, time: groups[16].time }]);
});

test("each of two stops in a row is told, though one is as long as the other", () => {
  const pitches = [...MELODY.slice(0, 10), ...MELODY.slice(4, 10), ...MELODY.slice(4, 16)];
  const distances = pitches.map((_, index) => (index === 9 || index === 15 ? 6.5 * QUAVER : QUAVER));
  expect(findRestarts(playedAt(pitches, distances))).toHaveLength(2);
});
