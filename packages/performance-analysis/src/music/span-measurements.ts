import { mean, median, quantile } from "../signal/statistics.ts";
import { blurOf } from "./blur.ts";
import type { ChordSpread } from "./chords.ts";
import { type HeldOver, heldOverOf } from "./held-over.ts";
import { rangeOfCourse, rangeOfNotes } from "./level-course.ts";
import { LOUDNESS_STEP, type Loudness, loudnessEnvelope } from "./loudness.ts";
import { within } from "./note.ts";
import type { NoteReading } from "./note-reading.ts";
import type { TempoChange } from "./tempo-change.ts";
import type { Touch } from "./touch.ts";
import { type Voicing, voicingOf } from "./voicing.ts";

/** What the notes and the loudness say about a stretch of a recording; null where too little speaks to a question. */
export type SpanMeasurements = {
  readonly seconds: number;
  readonly notes: number;
  readonly lowest: number | null;
  readonly highest: number | null;
  /** Typical error of a running note's onset against an even spacing, in seconds. */
  readonly unevenness: number | null;
  readonly runningNotes: number;
  /** Seconds from one running note to the next. */
  readonly step: number | null;
  /** Median seconds between the first and the last note of a chord: what is told of it and scored. */
  readonly chordSpread: number | null;
  readonly chords: number;
  /** The same of all that may be one, pieces of quick scales among it: what the model of ratings looks at. */
  readonly possibleChordSpread: number | null;
  readonly possibleChords: number;
  /** Median dB of the top voice over the notes around it, by their levels: what the model of ratings looks at. */
  readonly melodyOver: number | null;
  readonly melodyNotes: number;
  /** How far the top voice leads by how strongly the keys were struck: what is told of it and scored. */
  readonly voicing: Voicing | null;
  /** 90th minus 10th percentile of the single notes' levels, in dB. */
  readonly noteRange: number | null;
  /** How far the dynamics go up and down over bars, in dB, by the notes' levels and by loudness. */
  readonly dynamicShape: number | null;
  /** Median length over the distance to the next note of the voice, pedalled notes left out. */
  readonly durationRatio: number | null;
  readonly touches: number;
  /** Shares of the notes that are detached from, overlap, or sound on past the next one. */
  readonly detached: number | null;
  readonly overlapped: number | null;
  readonly sustained: number | null;
  readonly heldOver: HeldOver | null;
  /** Mean part of the notes that rub against a new one and go on sounding: what the model of ratings looks at. */
  readonly blur: number | null;
  readonly changes: number;
  /** Share of what rubs that is heard to sound on, where it isn't the melody's: what is told of it and scored. */
  readonly heardBlur: number | null;
  /** Changes that it is read from. */
  readonly heardChanges: number;
  readonly restarts: number;
  /** The same of all that may be one: what the model of ratings looks at. */
  readonly possibleRestarts: number;
  readonly doubled: number;
  /** Change of tempo within the stretch, as a share; null where no tempo is followed. */
  readonly tempoChange: number | null;
  /** The same of the change as it is fitted, whether or not it can be told: what the model of ratings looks at. */
  readonly fittedTempoChange: number | null;
  /** Typical departure of a beat's length from its neighbours', as a share. */
  readonly beatDeviation: number | null;
};

/** Scales a median absolute deviation to the standard deviation of a normal distribution. */
const MAD_TO_DEVIATION = 1.4826;
/** Fewest of each that a number is read from. */
const LEAST_RUNNING = 8;
const LEAST_CHORDS = 4;
const LEAST_MELODY = 6;
const LEAST_TOUCHES = 8;
const LEAST_CHANGES = 6;
const LEAST_STEPS = 30;
const LEAST_NOTES = 12;
/** Share of the tempo's variation that one change must explain to be a change. */
const LEAST_EXPLAINED = 0.5;

/** Measures the stretch [start, end) of a recording, in seconds; the whole is measured in the same way. */
export function measureSpan(
  reading: NoteReading,
  loudness: Loudness,
  start: number,
  end: number,
): SpanMeasurements {
  const groups = within(reading.groups, start, end);
  const notes = groups.flatMap((group) => group.notes);
  const pitches = notes.map(({ pitch }) => pitch);
  const runs = within(reading.runs, start, end);
  const chords = within(reading.chords, start, end);
  const possibleChords = within(reading.possibleChords, start, end);
  const over = within(reading.melody, start, end).flatMap((note) => (note.over === null ? [] : [note.over]));
  const touches = within(reading.touches, start, end);
  const changes = within(reading.changes, start, end);
  const blurs = within(reading.blurs, start, end);
  const runs8 = runs.length >= LEAST_RUNNING;
  return {
    seconds: Math.max(0, end - start),
    notes: notes.length,
    lowest: pitches.length > 0 ? pitches.reduce((a, b) => Math.min(a, b)) : null,
    highest: pitches.length > 0 ? pitches.reduce((a, b) => Math.max(a, b)) : null,
    unevenness: runs8 ? MAD_TO_DEVIATION * median(runs.map(({ deviation }) => Math.abs(deviation))) : null,
    runningNotes: runs.length,
    step: runs8 ? median(runs.map(({ step }) => step)) : null,
    chordSpread: medianSpread(chords),
    chords: chords.length,
    possibleChordSpread: medianSpread(possibleChords),
    possibleChords: possibleChords.length,
    melodyOver: over.length >= LEAST_MELODY ? median(over) : null,
    melodyNotes: over.length,
    voicing: voicingOf(within(reading.voicing, start, end)),
    noteRange: rangeOfNotes(notes),
    dynamicShape: notes.length < LEAST_NOTES ? null : dynamicShape(reading, loudness, start, end),
    ...touchShares(touches),
    heldOver: heldOverOf(touches),
    blur: changes.length >= LEAST_CHANGES ? mean(changes.map(({ blurred }) => blurred)) : null,
    changes: changes.length,
    heardBlur: blurOf(blurs),
    heardChanges: blurs.length,
    restarts: within(reading.restarts, start, end).length,
    possibleRestarts: within(reading.possibleRestarts, start, end).length,
    doubled: within(reading.doubled, start, end).length,
    tempoChange: tempoChangeWithin(reading.tempoChange, start, end),
    fittedTempoChange: tempoChangeWithin(reading.fittedTempoChange, start, end),
    beatDeviation: reading.pulse.deviation,
  };
}

/**
 * Mean of two readings of the same thing, as their errors differ: the course of the notes' levels (5th to 95th percentile)
 * and the envelope of the loudness (10th to 90th, because it also swings with every long note).
 */
function dynamicShape(reading: NoteReading, loudness: Loudness, start: number, end: number): number | null {
  const first = Math.max(0, Math.round(start / LOUDNESS_STEP));
  const last = Math.min(loudness.momentary.length, Math.round(end / LOUDNESS_STEP));
  const byNotes = rangeOfCourse(within(reading.course, start, end));
  if (last - first < LEAST_STEPS) return byNotes;
  const envelope = loudnessEnvelope(loudness, first, last).filter(
    (_, step) => loudness.sounding[first + step] === 1,
  );
  if (envelope.length < LEAST_STEPS) return byNotes;
  const bySound = quantile(envelope, 0.9) - quantile(envelope, 0.1);
  return byNotes === null ? bySound : (byNotes + bySound) / 2;
}

function touchShares(touches: readonly Touch[]) {
  const share = (joining: Touch["joining"]) =>
    touches.length < LEAST_TOUCHES
      ? null
      : touches.filter((touch) => touch.joining === joining).length / touches.length;
  const byFingers = touches.filter(({ joining }) => joining !== "sustained").map(({ ratio }) => ratio);
  return {
    durationRatio: byFingers.length < LEAST_TOUCHES ? null : median(byFingers),
    touches: touches.length,
    detached: share("detached"),
    overlapped: share("overlapped"),
    sustained: share("sustained"),
  };
}

function medianSpread(chords: readonly ChordSpread[]): number | null {
  return chords.length >= LEAST_CHORDS ? median(chords.map(({ spread }) => spread)) : null;
}

/** The part of the recording's change of tempo that lies within the stretch. */
function tempoChangeWithin(tempoChange: TempoChange | null, start: number, end: number): number | null {
  if (tempoChange === null) return null;
  if (tempoChange.explained < LEAST_EXPLAINED) return 0;
  const length = Math.max(1e-3, tempoChange.end - tempoChange.start);
  const inside = Math.min(end, tempoChange.end) - Math.max(start, tempoChange.start);
  return tempoChange.change * Math.min(1, Math.max(0, inside / length));
}
