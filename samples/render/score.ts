/**
 * The notes: Christian Petzold, Minuet in G (BWV Anh. 114), first half, bars 1-16, without the repeat.
 *
 * One line a bar. A word is pitch and length in crotchets (`B4:.5` is a quaver), a chord joins its pitches
 * with `+`. The mordents of bars 3, 5, 11 and 13 are left out; the small note of bar 8 is played as a quaver.
 */

/** Crotchets in a bar of three-four time. */
export const BEATS_PER_BAR = 3;

/** Right hand, one string a bar. */
const RIGHT = [
  "D5:1 G4:.5 A4:.5 B4:.5 C5:.5",
  "D5:1 G4:1 G4:1",
  "E5:1 C5:.5 D5:.5 E5:.5 F#5:.5",
  "G5:1 G4:1 G4:1",
  "C5:1 D5:.5 C5:.5 B4:.5 A4:.5",
  "B4:1 C5:.5 B4:.5 A4:.5 G4:.5",
  "F#4:1 G4:.5 A4:.5 B4:.5 G4:.5",
  "B4:.5 A4:2.5",
  "D5:1 G4:.5 A4:.5 B4:.5 C5:.5",
  "D5:1 G4:1 G4:1",
  "E5:1 C5:.5 D5:.5 E5:.5 F#5:.5",
  "G5:1 G4:1 G4:1",
  "C5:1 D5:.5 C5:.5 B4:.5 A4:.5",
  "B4:1 C5:.5 B4:.5 A4:.5 G4:.5",
  "A4:1 B4:.5 A4:.5 G4:.5 F#4:.5",
  "G4:3",
];

/** Left hand, one string a bar. */
const LEFT = [
  "G3+B3+D4:2 A3:1",
  "B3:3",
  "C4:3",
  "B3:3",
  "A3:3",
  "G3:3",
  "D4:1 B3:1 G3:1",
  "D4:1 D3:.5 C4:.5 B3:.5 A3:.5",
  "B3:2 A3:1",
  "G3:1 B3:1 G3:1",
  "C4:3",
  "B3:1 C4:.5 B3:.5 A3:.5 G3:.5",
  "A3:2 F#3:1",
  "G3:2 B3:1",
  "C4:1 D4:1 D3:1",
  "G3:2 G2:1",
];

/** Which hand plays a note. */
export type Hand = "right" | "left";

/** One written note. */
export interface ScoreNote {
  readonly hand: Hand;
  /** MIDI note number; middle C (C4) is 60. */
  readonly pitch: number;
  /** Crotchets from the start of bar 1. */
  readonly beat: number;
  /** Written length in crotchets. */
  readonly beats: number;
}

const SEMITONES = new Map([
  ["C", 0],
  ["D", 2],
  ["E", 4],
  ["F", 5],
  ["F#", 6],
  ["G", 7],
  ["A", 9],
  ["B", 11],
]);

/** `F#4` → 66. */
function midiPitch(name: string): number {
  const semitone = SEMITONES.get(name.slice(0, -1));
  const octave = Number(name.slice(-1));
  if (semitone === undefined || !Number.isInteger(octave)) throw new Error(`not a pitch: ${name}`);
  return 12 * (octave + 1) + semitone;
}

/** One hand's bars → notes; refuses a bar that isn't three crotchets long. */
function read(hand: Hand, bars: readonly string[]): ScoreNote[] {
  return bars.flatMap((bar, index) => {
    let beat = index * BEATS_PER_BAR;
    const notes = bar.split(" ").flatMap((word) => {
      const [chord = "", length = ""] = word.split(":");
      const at = beat;
      const beats = Number(length);
      beat += beats;
      return chord.split("+").map((name) => ({ hand, pitch: midiPitch(name), beat: at, beats }));
    });
    if (beat !== (index + 1) * BEATS_PER_BAR) throw new Error(`${hand} hand, bar ${index + 1}: wrong length`);
    return notes;
  });
}

/** Every note of the excerpt, right hand first. */
export const SCORE: readonly ScoreNote[] = [...read("right", RIGHT), ...read("left", LEFT)];

/** Bars in the excerpt. */
export const BARS = RIGHT.length;
