import { describe, expect, test } from "vitest";
import { blurOf, findBlurs } from "../../src/music/blur.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";
import type { NoteEnd } from "../../src/music/releases.ts";
import { followTopVoice } from "../../src/music/top-voice.ts";
import { findTouches } from "../../src/music/touch.ts";

/** Low C, then D, E and F above it, half a second apart; the C sounds for so long. */
function played(seconds: number, end: NoteEnd) {
  const notes = [48, 50, 52, 53].map((pitch, index) => ({
    onset: 0.5 + 0.5 * index,
    offset: index === 0 ? 0.5 + seconds : 0.95 + 0.5 * index,
    pitch,
    salience: 1,
    level: -10,
  }));
  const groups = groupOnsets(notes);
  const ends = new Map(notes.map((note, index) => [note, index === 0 ? end : ("damped" as const)]));
  return findBlurs(groups, followTopVoice(groups), findTouches(groups), ends);
}

/** What is known of the D, at 1 s, with which only the C rubs. */
const atSecond = (blurs: ReturnType<typeof played>) => blurs.find(({ time }) => time === 1);

describe("what rubs against a new note", () => {
  test("sounds on where it is heard to", () => {
    const blur = atSecond(played(2, "damped"));
    expect(blur?.rubbing).toBeGreaterThan(0);
    expect(blur?.sounding).toBe(blur?.rubbing);
  });

  test("doesn't, where it was damped", () => {
    expect(atSecond(played(0.5, "damped"))).toMatchObject({ sounding: 0 });
  });

  test("isn't known, where later notes covered it before it could be damped", () => {
    expect(atSecond(played(0.5, "covered"))).toBeUndefined();
    expect(atSecond(played(0.5, "unseen"))).toBeUndefined();
  });

  test("sounds on, where it was still heard when later notes covered it", () => {
    const blur = atSecond(played(2, "covered"));
    expect(blur?.sounding).toBeGreaterThan(0);
  });
});

describe("a melody in steps over one harmony, all in one pedal", () => {
  /** Chords low down, a bar of 2 s each, and a scale above; every note sounds on to the end of `bars` bars. */
  function pedalled(bars: number) {
    const chords = [
      [48, 52, 55],
      [47, 50, 55],
      [45, 48, 52],
      [47, 50, 56],
    ];
    const held = (onset: number) => 2 * bars * (Math.floor(onset / (2 * bars)) + 1);
    const notes = chords.flatMap((chord, bar) =>
      Array.from({ length: 8 }, (_, index) => {
        const onset = 2 * bar + 0.25 * index;
        const offset = held(onset);
        const figure = { onset, offset, pitch: chord[index % 3] ?? 48, salience: 1, level: -10 };
        return [figure, { ...figure, pitch: 72 + [0, 2, 4, 5, 7, 5, 4, 2][index], level: -6 }];
      }).flat(),
    );
    const groups = groupOnsets(notes);
    return blurOf(findBlurs(groups, followTopVoice(groups), findTouches(groups), null));
  }

  test("isn't blurred; two harmonies in one are", () => {
    expect(pedalled(1)).toBeLessThan(0.1);
    expect(pedalled(2)).toBeGreaterThan(0.25);
  });
});
