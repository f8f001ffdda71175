import { describe, expect, test } from "vitest";
import { blurOf, findBlurs } from "../../src/music/blur.ts";
import type { Span } from "../../src/music/levels.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";
import type { NoteEnd } from "../../src/music/releases.ts";
import { followTopVoice } from "../../src/music/top-voice.ts";
import { findTouches } from "../../src/music/touch.ts";

/**
 * Low C, then D, E and F above it, or others, half a second apart; the C sounds for so long, and is recognised for so long, if
 * that isn't the same.
 */
function played(
  seconds: number,
  end: NoteEnd,
  above: readonly number[] = [50, 52, 53],
  salience = 1,
  heldOver: Span | null = null,
  recognisedFor = seconds,
) {
  const notes = [48, ...above].map((pitch, index) => ({
    onset: 0.5 + 0.5 * index,
    offset: index === 0 ? 0.5 + seconds : 0.95 + 0.5 * index,
    pitch,
    salience: index === 0 ? salience : 1,
    level: -10,
  }));
  const groups = groupOnsets(notes);
  const ends = new Map(notes.map((note, index) => [note, index === 0 ? end : ("damped" as const)]));
  const recognised = new Map(
    notes.map((note, index) => [note, index === 0 ? 0.5 + recognisedFor : note.offset]),
  );
  const voice = followTopVoice(groups);
  return findBlurs({ groups, voice, touches: findTouches(groups), ends, recognised, heldOver });
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
    expect(atSecond(played(2, "unseen"))).toBeUndefined();
  });

  test("isn't known, once a key a semitone away hides whether it was damped", () => {
    expect(atSecond(played(2, "covered", [49, 52, 53]))).toBeUndefined();
    expect(atSecond(played(2, "damped", [49, 52, 53]))?.sounding).toBeGreaterThan(0);
  });

  test("isn't asked of a note that may well be a partial of another", () => {
    expect(atSecond(played(2, "damped", [50, 52, 53], 0.6))).toBeUndefined();
  });

  test("isn't known where fingers hold notes over, neither what sounds on nor what doesn't", () => {
    for (const seconds of [0.5, 2]) {
      const blurs = played(seconds, "damped", [50, 52, 53], 1, { start: 0.5, end: 1.2 });
      expect(atSecond(blurs)).toBeUndefined();
    }
    expect(atSecond(played(2, "damped", [50, 52, 53], 1, { start: 1.5, end: 9 }))?.sounding).toBeGreaterThan(
      0,
    );
  });

  test("is the room's, not the pedal's, where partials stay up of what the recogniser had given up before", () => {
    for (const end of ["damped", "faded", "covered"] as const) {
      const givenUp = atSecond(played(2, end, undefined, undefined, undefined, 0.3));
      expect(givenUp?.sounding).toBe(0);
      expect(givenUp?.rubbing).toBeGreaterThan(0);
      expect(atSecond(played(2, end, undefined, undefined, undefined, 0.5))?.sounding).toBeGreaterThan(0);
    }
  });

  test("sounds on, where it was still heard when later notes covered it", () => {
    const blur = atSecond(played(2, "covered"));
    expect(blur?.sounding).toBeGreaterThan(0);
  });
});

describe("a seventh chord", () => {
  /** A low G held for two bars under quavers of one chord, then of another. */
  function struck(chord: readonly number[], then: readonly number[]) {
    const sure = { salience: 1, level: -10 };
    const quavers = Array.from({ length: 8 }, (_, index) => {
      const onset = 0.5 + 0.5 * index;
      return (index < 4 ? chord : then).map((pitch) => ({ ...sure, onset, offset: onset + 0.45, pitch }));
    });
    const notes = [{ ...sure, onset: 0.5, offset: 4.5, pitch: 43 }, ...quavers.flat()];
    const groups = groupOnsets(notes.sort((a, b) => a.onset - b.onset || a.pitch - b.pitch));
    const rests = groups.map(() => null);
    const asPlayed = { ends: null, recognised: null, heldOver: null };
    const blurs = findBlurs({ groups, voice: rests, touches: findTouches(groups), ...asPlayed });
    return blurs.filter(({ sounding }) => sounding > 0);
  }

  test("that is struck again over its bass isn't blurred; one that comes to it is", () => {
    expect(struck([55, 59, 65], [55, 59, 65])).toEqual([]);
    expect(struck([55, 59, 62], [55, 59, 65]).length).toBeGreaterThan(0);
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
    const voice = followTopVoice(groups);
    const asPlayed = { ends: null, recognised: null, heldOver: null };
    return blurOf(findBlurs({ groups, voice, touches: findTouches(groups), ...asPlayed }));
  }

  test("isn't blurred; two harmonies in one are", () => {
    expect(pedalled(1)).toBeLessThan(0.1);
    expect(pedalled(2)).toBeGreaterThan(0.25);
  });
});
