import type { Heard } from "@crescendai/contracts";
import type { PianoOdds } from "../instrument/piano-odds.ts";
import { FRAME_RATE, type FrameCurves } from "../signal/frames.ts";
import { clamp, median, quantile } from "../signal/statistics.ts";
import type { Levels } from "./levels.ts";
import type { Onset } from "./onsets.ts";
import type { Timbre } from "./timbre.ts";

/** What kind of sound it is, and how sure that is (0 to 1). */
export type HeardReading = { readonly heard: Heard; readonly confidence: number };
/** The same with the notes known. */
export type InstrumentReading = HeardReading & {
  /** Whether music may well be another instrument's, or plainly is by its strings: to be said. Null where it's a piano's. */
  readonly unlikePiano: UnlikePiano | null;
};
export type UnlikePiano = "perhaps" | "plainly";
/** What tells an instrument, once the notes are known. */
export type InstrumentClues = {
  /** Null where next to nothing sounds. */
  readonly timbre: Timbre | null;
  /** Null where no note tells of its strings. */
  readonly piano: PianoOdds | null;
  /** `strayShare`; asked last, as it costs most. */
  readonly stray: () => number;
};

/** Seconds; less can't be told apart. */
const LEAST_LENGTH = 5;
/**
 * dB relative to full scale (RMS) that even the loudest hundredth stays below in a silent file: the steps of 16 bits alone make
 * −98 to −93 with dither. What is louder is heard, as everything is measured relative to the playing's own level.
 */
const SILENT_LEVEL = -80;
/**
 * Median flatness of the louder half of the frames from which sound may be noise: white, pink and brown noise give
 * 0.58 to 0.68, a densely played piano up to 0.4.
 */
const NOISE_FLATNESS = 0.5;
/** 98th percentile over median of the onset strength, up to which nothing stands out: noise 2, piano 5 to 30. */
const NOISE_CONTRAST = 3.5;
/** Share of the sounding frames whose strongest partial stays within 2 % in a steady tone, … */
const STEADY_SHARE = 0.9;
const STEADY_TOLERANCE = 0.02;
/** … its onsets per second at most, and how far its level may go up and down in dB. A struck string falls further. */
const STEADY_ONSET_RATE = 0.2;
const STEADY_LEVEL_RANGE = 8;
/** Onsets under which sound isn't called playing, unless it dies away like a struck string. */
const LEAST_ONSETS = 2;

/**
 * Share of what sounds that no string gives (`strayShare`), from which it's no piano's: of 899 renders of pianos, clean, in
 * rooms and through telephones, 898 have up to 0.143 and one 0.156; of 48 drum kits and 24 renderings of a speech synthesiser 70
 * have 0.15 and more.
 */
const NO_STRINGS = 0.15;
/**
 * … unless the strongest partial keeps its pitch to so many cents within 23 ms, and is another one in so small a share of the
 * frames. High keys that are struck briefly are half the hammers' knock: their strongest partials waver by 1 to 2 cents and are
 * others in 0.12 to 0.23 of the frames, in noise up to 0.55. Of those drums and voices none keeps under both.
 */
const STRUCK_STRING = { wavering: 3, leaping: 0.6 };
/**
 * A voice that speaks: its pitch glides by 14 to 40 cents within 23 ms (most pianos: under 14), but its partials last longer than
 * most drums'; what was taken for notes is brief; and more of them a second than of a drum's have the partials of a tone.
 */
const SPEECH = { wavering: 14, leaping: 0.65, noteLength: 0.26, tonesPerSecond: 1.8 };
/**
 * Confidence where a piano's strings are heard in what is as flat as noise: many notes under one pedal are, or the piano is hardly
 * louder than the noise around it. So much is left to other music that is as flat.
 */
const FLAT_CONFIDENCE = 0.5;
/** Notes with audible partials from which the odds of a piano count: one chord and its echoes aren't enough. */
const LEAST_NOTES = 8;
/** Notes from which they are enough for doubt. */
const FEW_NOTES = 3;
/** Logarithm of the odds of a piano under which another instrument is named, … */
const NAMED_ODDS = -1;
/**
 * … and the confidence that is left. It is named and yet answered: some electric grands have no piano's strings, and to refuse
 * somebody's piano is worse than to judge a guitar with a warning.
 */
const NAMED_CONFIDENCE = 0.2;
/** … between which confidence goes from the least share to all of it, and what is less than `said` is said, … */
const DOUBTED = { from: -0.25, to: 0.45, least: 0.4, said: 0.6 };
/** … and under which a voice or drums may be named, if the sound is like theirs. */
const NO_PIANO_FOR_SURE = 0;
/** What a piano seldom is: then the confidence is lower, not the recording refused; and it is said where so many are true. */
const DOUBTFUL = { onsetsWithNote: 0.5, notesPerSecond: 0.5, lateAttack: 1.5, wavering: 12, said: 2 };

/** Share of the onsets with which a note begins, from which what is heard is playing for sure. */
const CLEARLY_PLAYED = 0.85;

/**
 * With the notes known: whether what was taken for music is a voice or drums; strings that are no piano's, or may be none, lower
 * the confidence. A piano that is plainly heard is music, whatever else the sound is like. In a distorted recording no instrument
 * is named by its strings: clipping adds overtones that no string has.
 */
export function tellInstrument(
  kind: HeardReading,
  { timbre, piano, stray }: InstrumentClues,
  isDistorted: boolean,
): InstrumentReading {
  const odds = piano === null || piano.notes < LEAST_NOTES ? null : piano.odds;
  const isPiano = odds !== null && odds >= DOUBTED.to;
  if (isPiano && (kind.heard === "music" || kind.heard === "unclear")) {
    return { heard: "music", confidence: 1, unlikePiano: null };
  }
  if (isPiano && kind.heard === "noise") {
    return { heard: "music", confidence: FLAT_CONFIDENCE, unlikePiano: null };
  }
  if (kind.heard !== "music" || timbre === null) return { ...kind, unlikePiano: null };
  if ((odds === null || odds < NO_PIANO_FOR_SURE) && !keepsPitch(timbre) && stray() >= NO_STRINGS) {
    return isSpeech(timbre, piano)
      ? { heard: "speech", confidence: voiceLike(timbre), unlikePiano: null }
      : { heard: "other_instrument", confidence: 0.8, unlikePiano: null };
  }
  const isNoPiano = odds !== null && odds < NAMED_ODDS && !isDistorted;
  if (isNoPiano) return { heard: "music", confidence: NAMED_CONFIDENCE, unlikePiano: "plainly" };
  const share = piano === null || piano.notes < FEW_NOTES ? 1 : likeness(piano.odds);
  const confidence = share * (isPlaying(timbre) ? 1 : kind.confidence * 0.6 ** countDoubts(timbre));
  const isDoubted = share < DOUBTED.said || countDoubts(timbre) >= DOUBTFUL.said;
  return { heard: "music", confidence, unlikePiano: isDoubted && !isDistorted ? "perhaps" : null };
}

function keepsPitch({ wavering, leaping }: Timbre): boolean {
  return wavering < STRUCK_STRING.wavering && leaping < STRUCK_STRING.leaping;
}

/** How sure it is that a voice speaks, by how its pitch glides. */
function voiceLike({ wavering }: Timbre): number {
  return clamp(0.6 + (wavering - SPEECH.wavering) / 25, 0.6, 0.95);
}

/** Share of the confidence that is left at these odds of a piano. */
function likeness(odds: number): number {
  const { from, to, least } = DOUBTED;
  return clamp(least + ((1 - least) * (odds - from)) / (to - from), least, 1);
}

function isSpeech({ seconds, wavering, leaping, noteLength }: Timbre, piano: PianoOdds | null): boolean {
  return (
    wavering >= SPEECH.wavering &&
    leaping <= SPEECH.leaping &&
    noteLength <= SPEECH.noteLength &&
    (piano?.notes ?? 0) >= SPEECH.tonesPerSecond * seconds
  );
}

/** Dense playing is nearly as flat as noise; but noise has no notes at its onsets. */
function isPlaying(timbre: Timbre): boolean {
  return countDoubts(timbre) === 0 && timbre.onsetsWithNote >= CLEARLY_PLAYED && timbre.notesPerSecond >= 1;
}

function countDoubts({ onsetsWithNote, notesPerSecond, lateAttack, wavering }: Timbre): number {
  return [
    onsetsWithNote < DOUBTFUL.onsetsWithNote,
    notesPerSecond < DOUBTFUL.notesPerSecond,
    lateAttack > DOUBTFUL.lateAttack,
    wavering > DOUBTFUL.wavering,
  ].filter((doubt) => doubt).length;
}

/** Tells music, silence, a steady tone, and noise apart in so many seconds of sound. */
export function tellKind(
  curves: FrameCurves,
  levels: Levels,
  onsets: readonly Onset[],
  seconds: number,
): HeardReading {
  if (seconds < LEAST_LENGTH) return { heard: "too_short", confidence: 1 };
  const loudest = quantile(levels.level, 0.99);
  if (loudest < SILENT_LEVEL) {
    return { heard: "silence", confidence: clamp((SILENT_LEVEL - loudest) / 10, 0.5, 1) };
  }
  const sounding = soundingFrames(curves, levels);
  const flatness = flatnessOfLouderHalf(sounding, curves, levels);
  const strengths = sounding.map((frame) => curves.strength[frame]);
  const contrast = quantile(strengths, 0.98) / Math.max(1e-6, median(strengths));
  if (flatness >= NOISE_FLATNESS && contrast <= NOISE_CONTRAST) {
    return { heard: "noise", confidence: clamp(0.5 + (flatness - NOISE_FLATNESS) * 4, 0.5, 1) };
  }
  const rate = (onsets.length * FRAME_RATE) / sounding.length;
  const steady = steadyShare(sounding.map((frame) => curves.peakFrequency[frame]));
  const heardLevels = sounding.map((frame) => levels.level[frame]);
  const levelRange = quantile(heardLevels, 0.95) - quantile(heardLevels, 0.1);
  if (steady >= STEADY_SHARE && rate <= STEADY_ONSET_RATE && levelRange <= STEADY_LEVEL_RANGE) {
    return { heard: "steady_tone", confidence: clamp(steady, 0.5, 1) };
  }
  if (onsets.length < LEAST_ONSETS && levelRange <= STEADY_LEVEL_RANGE) {
    return { heard: "unclear", confidence: 0.5 };
  }
  return { heard: "music", confidence: 1 - clamp(flatness / NOISE_FLATNESS - 0.5, 0, 0.5) };
}

function soundingFrames(curves: FrameCurves, levels: Levels): number[] {
  const frames: number[] = [];
  for (let frame = 0; frame < curves.flatness.length; frame += 1) {
    if (levels.level[Math.min(frame + 2, levels.level.length - 1)] >= levels.threshold) frames.push(frame);
  }
  return frames;
}

function flatnessOfLouderHalf(frames: readonly number[], curves: FrameCurves, levels: Levels): number {
  const middle = median(frames.map((frame) => levels.level[frame]));
  return median(
    frames.filter((frame) => levels.level[frame] >= middle).map((frame) => curves.flatness[frame]),
  );
}

function steadyShare(frequencies: readonly number[]): number {
  const centre = median(frequencies);
  const near = frequencies.filter((frequency) => Math.abs(frequency / centre - 1) <= STEADY_TOLERANCE);
  return near.length / Math.max(1, frequencies.length);
}
