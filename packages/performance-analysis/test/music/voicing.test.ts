import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { voicingFindings } from "../../src/findings/voicing.ts";
import type { HeardNote } from "../../src/music/note.ts";
import { groupOnsets } from "../../src/music/onset-groups.ts";
import { followTopVoice } from "../../src/music/top-voice.ts";
import { followVoicing, type VoicedNote, voicingOf } from "../../src/music/voicing.ts";
import { pseudoRandom } from "../piano.ts";

const SEED = 20_261_128;

/** A note of the melody every half second, each led by what the function says of its moment, give or take 3 dB. */
function melody(seconds: number, leadAt: (time: number) => number): VoicedNote[] {
  const random = pseudoRandom(5);
  return Array.from({ length: 2 * seconds }, (_, index) => {
    const time = index / 2;
    return { time, pitch: 72 + (index % 5), lead: leadAt(time) + 6 * random() - 3 };
  });
}

describe("the lead of the top voice", () => {
  test("is by how strongly the keys are struck, less what instruments add, whatever the notes' levels are", () => {
    const notes: HeardNote[] = Array.from({ length: 40 }, (_, index) => ({
      onset: Math.floor(index / 2) * 0.4,
      offset: Math.floor(index / 2) * 0.4 + 0.35,
      pitch: index % 2 === 0 ? 48 + (index % 3) : 72 + (index % 5),
      salience: 0.8,
      level: 0,
    }));
    const groups = groupOnsets(notes);
    const strengths = new Map(
      groups.flatMap((group) => group.notes.map((note) => [note, note.pitch < 60 ? 3 : -1.5] as const)),
    );
    const voicing = voicingOf(followVoicing(groups, followTopVoice(groups), strengths));
    expect(voicing?.notes).toBe(20);
    expect(voicing?.lead).toBeCloseTo(-4.5 - 1.6);
    expect(voicingOf(followVoicing(groups, followTopVoice(groups), null))?.lead).toBeCloseTo(0);
  });

  test("isn't sought in a scale that both hands play in octaves, however softly the upper one does", () => {
    const scale: HeardNote[] = [0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17, 19, 21, 23, 24].flatMap((step, index) =>
      [48, 60].map((hand) => ({
        onset: index * 0.2,
        offset: index * 0.2 + 0.19,
        pitch: hand + step,
        salience: 0.8,
        level: hand === 48 ? -8 : -16,
      })),
    );
    const voicingIn = (notes: readonly HeardNote[]) => {
      const groups = groupOnsets(notes);
      return voicingOf(followVoicing(groups, followTopVoice(groups), null));
    };
    expect(voicingIn(scale)).toBeNull();
    const inTenths = scale.map((note) => (note.level === -8 ? { ...note, pitch: note.pitch - 4 } : note));
    expect(voicingIn(inTenths)?.lead).toBeCloseTo(-8, 0);
  });

  test("is sought in a tune whose bass comes in octaves between its notes", () => {
    const note = (onset: number, pitch: number, level: number): HeardNote => ({
      onset,
      offset: onset + 0.3,
      pitch,
      salience: 0.8,
      level,
    });
    const tune = Array.from({ length: 32 }, (_, index) => note(index * 0.4, 72 + (index % 5), -8));
    const bass = Array.from({ length: 8 }, (_, index) =>
      [36, 48].map((pitch) => note(index * 1.6 + 0.2, pitch, -14)),
    );
    const groups = groupOnsets([...tune, ...bass.flat()].sort((a, b) => a.onset - b.onset));
    expect(voicingOf(followVoicing(groups, followTopVoice(groups), null))?.lead).toBeCloseTo(6, 0);
  });

  test("is surer of many notes than of few, never surer than an instrument's balance is known, and silent of five", () => {
    const scattered = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        time: index,
        pitch: 72,
        lead: index % 2 === 0 ? -5 : 5,
      }));
    const few = voicingOf(scattered(8))?.uncertainty ?? 0;
    const many = voicingOf(scattered(200))?.uncertainty ?? 0;
    expect(many).toBeLessThan(few);
    expect(many).toBeGreaterThan(3);
    expect(voicingOf(scattered(5))).toBeNull();
  });
});

describe("what is said of the melody", () => {
  test("a buried one and one that leads are named over all of the recording, an ordinary one isn't", () => {
    const [buried] = voicingFindings(melody(20, () => -6));
    expect(buried).toMatchObject({ kind: "melody_buried", start: 0, end: 19.5 });
    expect(buried?.evidence["melody_over_accompaniment_db"]).toBeCloseTo(-6, -0.5);
    const [voiced] = voicingFindings(melody(20, () => 9));
    expect(voiced).toMatchObject({ kind: "melody_voiced", start: 0, end: 19.5 });
    expect(voicingFindings(melody(20, () => 2))).toEqual([]);
    expect(voicingFindings(melody(20, () => -1))).toEqual([]);
  });

  test("one that is struck as strongly as the rest isn't buried, though a piano makes it seem weaker by so much", () => {
    // Three decibels to either side and few notes: the median of so many isn't known to half a decibel.
    const uncertain = melody(7, () => -2.5).map((note, index) => ({
      ...note,
      lead: note.lead + (index % 2 === 0 ? 3 : -3),
    }));
    expect(voicingFindings(uncertain)).toEqual([]);
    expect(voicingFindings(melody(40, () => -2.8))).toMatchObject([{ kind: "melody_buried" }]);
  });

  test("a passage that falls behind the rest is found at its seconds", () => {
    const [found, ...others] = voicingFindings(melody(40, (time) => (time >= 22 && time < 32 ? -8 : 4)));
    expect(others).toEqual([]);
    expect(found?.kind).toBe("melody_buried");
    expect(Math.abs((found?.start ?? 0) - 22)).toBeLessThanOrEqual(1);
    expect(Math.abs((found?.end ?? 0) - 31.5)).toBeLessThanOrEqual(1);
  });

  test("too few notes of a melody, or ones that scatter too widely, say nothing", () => {
    expect(voicingFindings(melody(3, () => -9))).toEqual([]);
    const wild = melody(8, (time) => (Math.round(2 * time) % 2 === 0 ? -25 : 15));
    expect(voicingFindings(wild)).toEqual([]);
  });

  test("soft bells above the melody aren't a buried melody", () => {
    const bells = melody(20, () => -6).map((note, index) => ({ ...note, pitch: index % 2 === 0 ? 73 : 85 }));
    expect(voicingFindings(bells)).toEqual([]);
  });

  test(`no passage is buried and voiced at once (seed ${SEED})`, () => {
    const leads = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { maxLength: 80 });
    fc.assert(
      fc.property(leads, (values) => {
        const findings = voicingFindings(values.map((lead, index) => ({ time: index / 2, pitch: 72, lead })));
        const buried = findings.find(({ kind }) => kind === "melody_buried");
        const voiced = findings.find(({ kind }) => kind === "melody_voiced");
        if (buried === undefined || voiced === undefined) return;
        expect(Math.min(buried.end, voiced.end)).toBeLessThan(Math.max(buried.start, voiced.start));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
