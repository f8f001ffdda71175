/** The instruments of General MIDI that aren't pianos, and where they play. */

/** A few instruments alike. */
export interface Family {
  readonly name: string;
  /** Programs of General MIDI, counted from 0. */
  readonly programs: readonly number[];
  /** MIDI pitches between which they are written for. */
  readonly lowest: number;
  readonly highest: number;
  /** Whether one player plays one note at a time. */
  readonly single: boolean;
  /** How often the family is drawn against the others. */
  readonly weight: number;
}

/**
 * Families and ranges (after Adler, _The Study of Orchestration_). Left out: the pianos (0, 1, 3), what people practise
 * the piano on as well (electric pianos: 2, 4, 5), and sounds that nobody would record as playing (effects: 96 to 103, 112 to 127).
 */
export const FAMILIES: readonly Family[] = [
  { name: "guitar", programs: [24, 25, 26], lowest: 40, highest: 79, single: false, weight: 6 },
  { name: "electric guitar", programs: [27, 28, 29, 30], lowest: 40, highest: 79, single: false, weight: 2 },
  { name: "harp", programs: [46], lowest: 28, highest: 96, single: false, weight: 2.5 },
  { name: "harpsichord", programs: [6, 7], lowest: 36, highest: 88, single: false, weight: 1.5 },
  { name: "lute", programs: [104, 105, 106, 107], lowest: 45, highest: 79, single: false, weight: 2 },
  { name: "dulcimer", programs: [15, 108], lowest: 50, highest: 84, single: false, weight: 1 },
  {
    name: "mallets",
    programs: [8, 9, 10, 11, 12, 13, 114],
    lowest: 55,
    highest: 91,
    single: false,
    weight: 2,
  },
  { name: "organ", programs: [16, 17, 18, 19, 20, 21], lowest: 36, highest: 91, single: false, weight: 2.5 },
  { name: "bass", programs: [32, 33, 34, 35, 36, 37], lowest: 28, highest: 57, single: true, weight: 1 },
  { name: "violin", programs: [40, 41, 110], lowest: 55, highest: 93, single: true, weight: 1.5 },
  { name: "cello", programs: [42, 43], lowest: 36, highest: 72, single: true, weight: 1 },
  {
    name: "strings",
    programs: [44, 45, 48, 49, 50, 51],
    lowest: 36,
    highest: 91,
    single: false,
    weight: 1.5,
  },
  { name: "choir", programs: [52, 53, 54], lowest: 45, highest: 84, single: false, weight: 1 },
  { name: "brass", programs: [56, 57, 59, 60], lowest: 45, highest: 79, single: true, weight: 1 },
  { name: "brass band", programs: [58, 61, 62, 63], lowest: 36, highest: 77, single: false, weight: 0.7 },
  {
    name: "reeds",
    programs: [64, 65, 66, 68, 69, 71, 22, 111],
    lowest: 55,
    highest: 84,
    single: true,
    weight: 1.5,
  },
  { name: "bassoon", programs: [67, 70], lowest: 36, highest: 67, single: true, weight: 0.5 },
  { name: "flutes", programs: [72, 73, 74, 75, 77, 79], lowest: 60, highest: 93, single: true, weight: 1.5 },
  { name: "synthesiser", programs: [80, 81, 88, 89, 90], lowest: 40, highest: 88, single: false, weight: 1 },
];

/** Programs of drum kits that most soundfonts have: standard, room, power, electronic, jazz, brush (Roland GS). */
export const DRUM_KITS = [0, 8, 16, 24, 32, 40] as const;
