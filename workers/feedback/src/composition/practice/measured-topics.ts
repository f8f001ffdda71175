import type { Analysis, NoteMeasurements } from "@crescendai/contracts";
import { type Register, say, type Wordings } from "../register.ts";
import type { Topic } from "../topic.ts";
import { figure, whole } from "../wording.ts";

/** Where a topic stands in a recording, by what was measured of it. */
interface Standing {
  /** A clause that could follow "today". */
  readonly today: string;
  /** How the next recording will show progress: a clause after "when". */
  readonly success: string;
}

interface Measure {
  readonly read: (notes: NoteMeasurements) => number | null;
  readonly today: (value: number) => Wordings;
  readonly success: (value: number) => Wordings;
}

/** Share of a deviation that is aimed at, as for findings. */
const AIMED_SHARE = 2 / 3;
/** dB more that are aimed at: the least that is told as a change (`progress/quantities.ts`), and plainly heard. */
const AIMED_DB = 3;

/**
 * Most ms that running notes stray for a finger's sake: a beginner's quick ones by 20 to 40. What strays further are slow notes,
 * played freely or counted wrongly, of which evenness says nothing.
 */
const MOST_UNEVENNESS_MS = 60;

/** Whether running notes are so slow, by how they stray, that to play them evenly is a matter of the beat. */
export function areCounted({ unevenness_ms }: Pick<NoteMeasurements, "unevenness_ms">): boolean {
  return unevenness_ms !== null && unevenness_ms > MOST_UNEVENNESS_MS;
}

/** Topics that are narrower than a dimension, with what is measured of each. */
const MEASURES: { readonly [Name in Topic]?: Measure } = {
  evenness: {
    read: (notes) => (areCounted(notes) ? null : notes.unevenness_ms),
    today: (ms) => ({
      usual: `the running notes stray from an even spacing by about ${whole(ms)} ms`,
      simple: `your quick notes stray by about ${whole(ms)} thousandths of a second`,
    }),
    success: (ms) => ({
      usual: `the running notes stray by less than ${whole(ms * AIMED_SHARE)} ms (now ${whole(ms)})`,
      simple: "a listener hears all quick notes alike",
    }),
  },
  chords: {
    read: ({ chord_spread_ms }) => chord_spread_ms,
    today: (ms) => ({
      usual: `the notes of a chord come within about ${whole(ms)} ms`,
      simple: `the notes of your chords come within about ${whole(ms)} thousandths of a second`,
    }),
    success: (ms) => ({
      usual: `the notes of a chord come within ${whole(ms * AIMED_SHARE)} ms (now ${whole(ms)})`,
      simple: "each chord sounds like one note",
    }),
  },
  balance: {
    read: ({ melody_over_accompaniment_db }) => melody_over_accompaniment_db,
    today: (db) => ({
      usual: `the top voice is about ${figure(Math.abs(db))} dB ${db < 0 ? "softer" : "stronger"} than the rest`,
      simple: `your tune is a little ${db < 0 ? "softer" : "louder"} than the rest`,
    }),
    success: (db) => ({
      usual: `the top voice is ${figure(Math.max(0, db) + AIMED_DB)} dB stronger than the rest`,
      simple: "a listener can sing your tune",
    }),
  },
};

/** Whether a topic is narrower than a dimension, so that its score says little of it. */
export function isMeasured(topic: Topic): boolean {
  return MEASURES[topic] !== undefined;
}

/** Where such a topic stands; null for any other, and where there was too little of it to be measured. */
export function measuredStanding(
  topic: Topic,
  { measurements: { notes } }: Analysis,
  register: Register,
): Standing | null {
  const measure = MEASURES[topic];
  const value = measure === undefined || notes === null ? null : measure.read(notes);
  if (measure === undefined || value === null) return null;
  return { today: say(measure.today(value), register), success: say(measure.success(value), register) };
}
