import type { Spectrogram } from "../features/spectrogram.ts";
import { FRAME_RATE } from "../signal/frames.ts";
import { type Blur, findBlurs } from "./blur.ts";
import { type ChordSpread, findChordSpreads, findPossibleChordSpreads } from "./chords.ts";
import { type DoubledOnset, findDoubledOnsets } from "./doubled.ts";
import { findHarmonyChanges, type HarmonyChange } from "./harmony.ts";
import { findHeldOverPassage } from "./held-over.ts";
import { findHolds } from "./holds.ts";
import { followLevel, type LevelPoint } from "./level-course.ts";
import type { Span } from "./levels.ts";
import { followMelody, type MelodyNote } from "./melody.ts";
import type { HeardNote } from "./note.ts";
import { onsetsOfNotes, strengthOfNotes } from "./note-strength.ts";
import { groupOnsets, type OnsetGroup } from "./onset-groups.ts";
import type { Place } from "./place.ts";
import { type PulseReading, readPulse } from "./pulse.ts";
import { placeReleases } from "./releases.ts";
import { findPossibleRestarts, findRestarts, type Restart } from "./restarts.ts";
import { findRunningNotes, type RunningNote } from "./running-notes.ts";
import { findRunDeviations, type RunDeviation } from "./runs.ts";
import { strikeStrengths } from "./strike-strength.ts";
import { findTempoChange, fitTempoChange, type TempoChange } from "./tempo-change.ts";
import { followTopVoice } from "./top-voice.ts";
import { findTouches, type Touch } from "./touch.ts";
import { followVoicing, type VoicedNote } from "./voicing.ts";

/** Everything that the notes of a recording say, each kind in order of time. Times in seconds. */
export type NoteReading = {
  /** In order of onset, with their ends where the strings were damped, as far as that is heard. */
  readonly notes: readonly HeardNote[];
  readonly groups: readonly OnsetGroup[];
  readonly runs: readonly RunDeviation[];
  /** The running notes with what is said of their evenness. */
  readonly runningNotes: readonly RunningNote[];
  /** The chords that are told of and scored. */
  readonly chords: readonly ChordSpread[];
  /** What may be one, pieces of quick scales among it: what the model of ratings looks at. */
  readonly possibleChords: readonly ChordSpread[];
  readonly melody: readonly MelodyNote[];
  /** The top voice against what is below it, by how strongly the keys were struck. */
  readonly voicing: readonly VoicedNote[];
  readonly touches: readonly Touch[];
  /** Where fingers hold notes on well into the next ones. */
  readonly heldOver: Place<Touch> | null;
  readonly changes: readonly HarmonyChange[];
  readonly blurs: readonly Blur[];
  readonly course: readonly LevelPoint[];
  /** Where the playing stands still while the sound is held. */
  readonly holds: readonly Span[];
  /** The restarts that can be told. */
  readonly restarts: readonly Restart[];
  /** What may be one, whether or not it can be told: what the model of ratings looks at. */
  readonly possibleRestarts: readonly Restart[];
  readonly doubled: readonly DoubledOnset[];
  readonly pulse: PulseReading;
  /** Median fall of a damped note within 93 ms, in dB: how near the microphone was; null where it wasn't heard. */
  readonly fall: number | null;
  /** The change of tempo that can be told. */
  readonly tempoChange: TempoChange | null;
  /** The change as it is fitted, whether or not it can be told: what the model of ratings looks at. */
  readonly fittedTempoChange: TempoChange | null;
};

/** Most notes that are looked at: 20 minutes at twenty a second. What comes after them isn't measured. */
const MOST_NOTES = 24_000;

/**
 * Reads a recording's notes. `spectrogram` is used to hear where notes are damped and how strongly they were struck; without
 * it the recogniser's offsets and the levels stand. `pauses` are the silences between sounds, `spoken` where somebody speaks.
 */
export function readNotes(
  heard: readonly HeardNote[],
  spectrogram: Spectrogram | null,
  pauses: readonly Span[],
  spoken: readonly Span[] = [],
): NoteReading {
  const ordered = [...heard].sort((a, b) => a.onset - b.onset || a.pitch - b.pitch).slice(0, MOST_NOTES);
  const { notes, ends, recognised, fall } =
    spectrogram === null
      ? { notes: ordered, ends: null, recognised: null, fall: null }
      : placeReleases(ordered, spectrogram);
  const groups = groupOnsets(notes);
  const runs = findRunDeviations(groups);
  const touches = findTouches(groups, ends);
  const heldOver = findHeldOverPassage(touches);
  const voice = followTopVoice(groups);
  const end = (groups.at(-1)?.time ?? 0) + 2;
  const pulse = readPulse(
    strengthOfNotes(groups, Math.ceil(end * FRAME_RATE)),
    onsetsOfNotes(groups),
    pauses,
  );
  return {
    notes,
    groups,
    runs,
    runningNotes: findRunningNotes(groups),
    chords: findChordSpreads(groups),
    possibleChords: findPossibleChordSpreads(groups),
    melody: followMelody(groups),
    voicing: followVoicing(groups, voice, strengthsOf(notes, ordered, spectrogram)),
    touches,
    heldOver,
    changes: findHarmonyChanges(groups, touches),
    blurs: findBlurs({ groups, voice, touches, ends, recognised, heldOver }),
    course: followLevel(notes),
    holds: findHolds(groups, pauses),
    restarts: findRestarts(groups, spoken),
    possibleRestarts: findPossibleRestarts(groups, spoken),
    doubled: findDoubledOnsets(groups),
    pulse,
    fall,
    tempoChange: findTempoChange(pulse, runs, groups.length),
    fittedTempoChange: fitTempoChange(pulse, runs, groups.length),
  };
}

/** How strongly the notes were struck; `recognised` are the same ones, in the same order, as the recogniser gave them. Null unheard. */
function strengthsOf(
  notes: readonly HeardNote[],
  recognised: readonly HeardNote[],
  spectrogram: Spectrogram | null,
): ReadonlyMap<HeardNote, number> | null {
  if (spectrogram === null) return null;
  const strengths = strikeStrengths(recognised, spectrogram);
  return new Map(notes.map((note, index) => [note, strengths[index]]));
}
