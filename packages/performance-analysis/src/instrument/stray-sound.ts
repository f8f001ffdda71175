import type { Note } from "../music/note.ts";
import { mean, median, quantile } from "../signal/statistics.ts";
import { type FramePartials, PARTIALS_RATE, PARTIALS_WINDOW, type Partials } from "./partials.ts";
import { partialsOfKey } from "./stiffness.ts";

/** dB under a frame's strongest partial from which what else sounds may be noise or a codec's, and isn't looked at. */
const RANGE_DB = 20;
/** Cents over 55 Hz between which partials are looked at, 150 Hz and 4 kHz: a voice's, where a frame tells semitones apart. */
const LOWEST = 1200 * Math.log2(150 / 55);
const HIGHEST = 1200 * Math.log2(4000 / 55);
/** Cents and Hz by which a partial that stays may move from one frame to the next: what a peak among others is known to. */
const STAYS_CENTS = 12;
const STAYS_HZ = 1.2;
/** Cents by which a partial may lie off where its note's string puts it. */
const OFF_STRING = 20;
/** Seconds that a string may sound on after its note's end, with what the room adds. */
const TAIL = 0.4;
/** Cents of a key within which its fundamental is looked for, to tell how the piano is tuned. */
const KEY_WIDTH = 50;
/** Frames are looked at that lie so many dB over silence, which is this far over the quietest, and at most so far under the loud ones. */
const AUDIBLE_DB = 8;
const OVER_QUIETEST = 6;
const NEAREST_DB = 25;
const FARTHEST_DB = 45;

/**
 * How much of the audible sound no string gives: the share of its partials, by amplitude, that neither stay nor belong to a note;
 * mean over moments 93 ms apart, 0 to 1; 0 where nothing sounds. A string's partial stays where it is for as long as it sounds; a
 * voice's glides, a drum has none. So a partial is a stray where neither the frame before nor the one after has it (12 cents), and
 * none of the notes then sounding would put it there (20 cents): quick notes leave partials of one frame too.
 */
export function strayShare(partials: Partials, notes: readonly Note[]): number {
  const frames = Array.from({ length: partials.frames }, (_, index) => partials.frame(index));
  const tops = Float64Array.from(frames, ({ levels }) => levels.reduce((a, b) => Math.max(a, b), -200));
  const audible = audibleFrom(tops);
  const strings = notes
    .map((note) => ({ note, partials: partialsOfKey(note.pitch) }))
    .sort((a, b) => a.note.onset - b.note.onset);
  const tuning = tuningOf(notes, frames);
  const shares: number[] = [];
  let sounding: typeof strings = [];
  let next = 0;
  for (let index = 1; index + 1 < frames.length; index += 1) {
    const start = index / PARTIALS_RATE;
    const end = start + PARTIALS_WINDOW;
    for (; next < strings.length && strings[next].note.onset <= end; next += 1) sounding.push(strings[next]);
    sounding = sounding.filter(({ note }) => note.offset + TAIL >= start);
    if (tops[index] < audible) continue;
    const expected = Float64Array.from(sounding.flatMap((string) => string.partials));
    const share = shareOf(frames, index, tops[index], expected.map((cents) => cents + tuning).sort());
    if (share !== null) shares.push(share);
  }
  return shares.length === 0 ? 0 : mean(shares);
}

/** The same of one frame; null where it has no partial in the range. */
function shareOf(
  frames: readonly FramePartials[],
  index: number,
  top: number,
  expected: Float64Array,
): number | null {
  const { cents, levels } = frames[index];
  let all = 0;
  let stray = 0;
  for (let peak = 0; peak < cents.length; peak += 1) {
    const pitch = cents[peak];
    if (levels[peak] < top - RANGE_DB || pitch < LOWEST || pitch > HIGHEST) continue;
    const amplitude = 10 ** (levels[peak] / 20);
    all += amplitude;
    const tolerance = Math.max(STAYS_CENTS, 1200 * Math.log2(1 + STAYS_HZ / (55 * 2 ** (pitch / 1200))));
    const stays =
      distance(frames[index - 1].cents, pitch) <= tolerance ||
      distance(frames[index + 1].cents, pitch) <= tolerance;
    if (!stays && distance(expected, pitch) > OFF_STRING) stray += amplitude;
  }
  return all === 0 ? null : stray / all;
}

/** Level of a frame's strongest partial from which the frame is looked at. */
function audibleFrom(tops: Float64Array): number {
  if (tops.length === 0) return 0;
  const loud = quantile(tops, 0.9);
  const quietest = quantile(tops, 0.01);
  const silence = Math.max(loud - FARTHEST_DB, Math.min(quietest + OVER_QUIETEST, loud - NEAREST_DB));
  return silence + AUDIBLE_DB;
}

/** Cents by which the notes' fundamentals lie over their keys, in the median. */
function tuningOf(notes: readonly Note[], frames: readonly FramePartials[]): number {
  const deviations = notes.flatMap(({ onset, pitch }) => {
    const frame = frames.at(Math.min(frames.length - 1, Math.ceil(onset * PARTIALS_RATE)));
    const key = partialsOfKey(pitch)[0];
    if (frame === undefined || frame.cents.length === 0) return [];
    const off = frame.cents[nearest(frame.cents, key)] - key;
    return Math.abs(off) < KEY_WIDTH ? [off] : [];
  });
  return deviations.length === 0 ? 0 : median(deviations);
}

/** Index of the nearest of the ascending values, of which there is one at least. */
function nearest(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value - values[low - 1] < values[low] - value ? low - 1 : low;
}

function distance(values: Float64Array, value: number): number {
  return values.length === 0 ? Number.POSITIVE_INFINITY : Math.abs(values[nearest(values, value)] - value);
}
