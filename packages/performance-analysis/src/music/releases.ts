import { bandOf, FRAME_MIDDLE, SPECTROGRAM_RATE, type Spectrogram } from "../features/spectrogram.ts";
import { median } from "../signal/statistics.ts";
import type { HeardNote } from "./note.ts";

/** Partials of a note that are watched: the strongest, still clear of the noise. */
const WATCHED = 4;
/** Partials of later notes that may cover a watched one. */
const COVERING = 6;
/** Hz, and a ratio, within which two partials fall into one band of the spectrogram (a Hann window's main lobe). */
const NEAR_HERTZ = 26;
const NEAR_RATIO = 1.045;
/** Seconds after its onset from which a note is watched, when its attack is over, and how long. */
const AFTER_ATTACK = 0.07;
const LONGEST_WATCH = 2.5;
/** Frames over which a fall is measured: 93 ms, the length of a frame, so that a damper falls within one. */
const LAG = 4;
/**
 * dB by which a partial must fall within 93 ms (75 dB/s) for the damper to have fallen: held strings fall by at most 50 dB/s,
 * damped ones by 60 (in a room of 0.9 s) to 250 (measured over renders of legato and staccato playing).
 */
const DAMPED_FALL = 7;
/** MIDI pitch above which strings die away faster by themselves, and dB within 93 ms more for every semitone. */
const BRIEF_PITCH = 70;
const BRIEF_FALL = 0.25;
/** dB of the fall that must be left after another 93 ms, or it was a beating of the strings. */
const LASTING_FALL = 6;
/** Seconds by which the fall is seen later than the damper falls: measured over renders of known note lengths. */
const DAMPER_LAG = 0.04;
/** dB under its level after the attack at which a note that nothing damped is over. */
const DIED_AWAY = 26;

/** Fewest dampings from which the room is judged. */
const LEAST_FALLS = 8;

/**
 * How a note's end was heard: `damped`, its strings fell silent faster than by themselves; `faded`, they died away; `covered`,
 * they still sounded when later notes covered them, so that the end is the earliest that it can be; `unseen`, nothing of it
 * was free, so that the end is the recogniser's.
 */
export type NoteEnd = "damped" | "faded" | "covered" | "unseen";

export type Releases = {
  /** The notes, in order of onset, with their ends where they were damped. */
  readonly notes: HeardNote[];
  /** How the end of each of these notes was heard. */
  readonly ends: ReadonlyMap<HeardNote, NoteEnd>;
  /** Until when the recogniser heard each of them, in seconds: the offset that it came with. */
  readonly recognised: ReadonlyMap<HeardNote, number>;
  /**
   * Median fall of a damped note within 93 ms, in dB: 15 and more close to the piano, under 9 where the room sounds louder than
   * the piano; null for too few.
   */
  readonly fall: number | null;
};

/**
 * Puts the end of each note where its strings were damped: where its partials fall faster than a string decays by
 * itself. The recogniser's offset comes later, by the room's reverberation, or earlier, where new notes cover the old
 * one. Only partials that no later note covers are watched; where none is left, the recogniser's offset stands.
 * Notes in order of onset, and so is the answer.
 */
export function placeReleases(notes: readonly HeardNote[], spectrogram: Spectrogram): Releases {
  const falls: number[] = [];
  const ends = new Map<HeardNote, NoteEnd>();
  const recognised = new Map<HeardNote, number>();
  const placed = notes.map((note, index) => {
    const release = releaseOf(note, index, notes, spectrogram);
    if (release?.end === "damped") falls.push(release.fall);
    const ended = release === null ? note : { ...note, offset: release.time };
    ends.set(ended, release?.end ?? "unseen");
    recognised.set(ended, note.offset);
    return ended;
  });
  return { notes: placed, ends, recognised, fall: falls.length < LEAST_FALLS ? null : median(falls) };
}

type Release =
  | { readonly time: number; readonly end: "damped"; readonly fall: number }
  | { readonly time: number; readonly end: "faded" | "covered" };
type Watched = { readonly band: number; readonly until: number };

function releaseOf(
  note: HeardNote,
  index: number,
  notes: readonly HeardNote[],
  spectrogram: Spectrogram,
): Release | null {
  const first = frameAt(note.onset + AFTER_ATTACK);
  const watched = watchedPartials(note, index, notes, spectrogram);
  if (watched.length === 0) return null;
  let last = 0;
  for (const { until } of watched) last = Math.max(last, until);
  const least = DAMPED_FALL + BRIEF_FALL * Math.max(0, note.pitch - BRIEF_PITCH);
  const start = watched.map(({ band }) => spectrogram.level(first, band));
  for (let frame = first + LAG; frame < last; frame += 1) {
    let fall = 0;
    let lasting = 0;
    let drop = 0;
    let counted = 0;
    for (let partial = 0; partial < watched.length; partial += 1) {
      const { band, until } = watched[partial];
      if (frame >= until) continue;
      const before = spectrogram.level(frame - LAG, band);
      const now = spectrogram.level(frame, band);
      fall += before - now;
      lasting += before - (frame + LAG < until ? spectrogram.level(frame + LAG, band) : now);
      drop += start[partial] - now;
      counted += 1;
    }
    if (counted === 0) break;
    if (fall >= least * counted && lasting >= LASTING_FALL * counted) {
      const steep = steepest(watched, frame, spectrogram);
      return { time: timeOf(steep.frame - LAG / 2) - DAMPER_LAG, end: "damped", fall: steep.fall };
    }
    if (drop >= DIED_AWAY * counted) return { time: timeOf(frame), end: "faded" };
  }
  // Still sounding when the last free partial was covered, or at the end of the watch.
  return { time: Math.max(note.offset, timeOf(last)), end: "covered" };
}

/** The frame, of this and the next three, at which the fall is steepest, and that fall in dB. */
function steepest(watched: readonly Watched[], from: number, spectrogram: Spectrogram) {
  let best = { frame: from, fall: 0 };
  for (let frame = from; frame < from + 4; frame += 1) {
    let fall = 0;
    let counted = 0;
    for (const { band, until } of watched) {
      if (frame >= until) continue;
      fall += spectrogram.level(frame - LAG, band) - spectrogram.level(frame, band);
      counted += 1;
    }
    if (counted > 0 && fall / counted > best.fall) best = { frame, fall: fall / counted };
  }
  return best;
}

/** The lowest partials of a note that stand clear of what sounded before, each until a later note covers it. */
function watchedPartials(
  note: HeardNote,
  index: number,
  notes: readonly HeardNote[],
  spectrogram: Spectrogram,
): Watched[] {
  const fundamental = frequencyOf(note.pitch);
  const from = frameAt(note.onset + AFTER_ATTACK);
  const watched: Watched[] = [];
  for (let partial = 1; partial <= WATCHED; partial += 1) {
    const band = bandOf(fundamental * partial);
    if (band < 0 || from >= spectrogram.frames) continue;
    const until = Math.min(spectrogram.frames, coveredAt(note, index, notes, fundamental * partial));
    if (until - from > LAG) watched.push({ band, until });
  }
  return watched;
}

/** First frame in which a note that begins later (or sounds together with it) covers the frequency. */
function coveredAt(note: HeardNote, index: number, notes: readonly HeardNote[], frequency: number): number {
  const end = note.onset + LONGEST_WATCH;
  for (let other = index - 1; other >= 0 && notes[other].onset > note.onset - 0.05; other -= 1) {
    if (covers(notes[other].pitch, frequency)) return 0;
  }
  for (let other = index + 1; other < notes.length && notes[other].onset < end; other += 1) {
    if (covers(notes[other].pitch, frequency)) {
      return notes[other].onset < note.onset + 0.05 ? 0 : frameAt(notes[other].onset) - 2;
    }
  }
  return frameAt(end);
}

function covers(pitch: number, frequency: number): boolean {
  const fundamental = frequencyOf(pitch);
  const partial = Math.max(1, Math.round(frequency / fundamental));
  if (partial > COVERING) return false;
  const nearest = partial * fundamental;
  return (
    Math.abs(nearest - frequency) < NEAR_HERTZ ||
    Math.max(nearest / frequency, frequency / nearest) < NEAR_RATIO
  );
}

const FREQUENCIES = Float64Array.from({ length: 128 }, (_, pitch) => 440 * 2 ** ((pitch - 69) / 12));

function frequencyOf(pitch: number): number {
  return FREQUENCIES[pitch];
}

/** The frame whose middle lies nearest to an instant. */
function frameAt(time: number): number {
  return Math.max(0, Math.round((time - FRAME_MIDDLE) * SPECTROGRAM_RATE));
}

function timeOf(frame: number): number {
  return frame / SPECTROGRAM_RATE + FRAME_MIDDLE;
}
