import { FRAME_MIDDLE, SPECTROGRAM_RATE, type Spectrogram } from "../features/spectrogram.ts";
import { pianoOdds } from "../instrument/piano-odds.ts";
import { type Levels, measureLevels, quietestOf, type Span } from "../music/levels.ts";
import { pickOnsets } from "../music/onsets.ts";
import { findSpeech } from "../music/speech.ts";
import { FRAME_RATE, type FrameCurves, HOP, WINDOW } from "../signal/frames.ts";
import type { HeardSound } from "./ears.ts";

/** What is left of a recording when what somebody says in it is silenced. */
export type PlayedSound = {
  /** The sound, as quiet as its quietest moment where somebody speaks, without the notes that speech was taken for. */
  readonly sound: HeardSound;
  /** Where somebody speaks, in seconds. */
  readonly spoken: readonly Span[];
};

/** Seconds of playing that must be left: under that, the recording as a whole says better what it is. */
const LEAST_PLAYING = 5;
/** Seconds beside what is played that are left as they are: what dies away there, and what begins. */
const MARGIN = 0.1;
/** Notes with audible partials from which what is left can be told for a piano, … */
const LEAST_NOTES = 8;
/** … and the logarithm of the odds from which it is one: as likely as not. */
const LEAST_ODDS = 0;

/**
 * Silences speech beside the playing, so that it is judged as if nobody had spoken. A recording is left as it is where nobody
 * speaks, and where without the speech there would be no five seconds of a piano: it is told for what it is as a whole.
 */
export function withoutSpeech(sound: HeardSound): PlayedSound {
  const untouched = { sound, spoken: [] };
  const levels = measureLevels(sound.curves.power);
  const onsets = pickOnsets(sound.curves.strength);
  const spoken = findSpeech({ ...sound, levels, onsets });
  if (spoken.length === 0) return untouched;
  const silenced = spoken.map((span) => withSilenceAround(span, levels));
  const notes = sound.notes.filter(
    ({ onset }) => !silenced.some(({ start, end }) => onset >= start && onset < end),
  );
  const piano = pianoOdds(notes, sound.partials);
  if (piano === null || piano.notes < LEAST_NOTES || piano.odds < LEAST_ODDS) return untouched;
  const curves = silenceCurves(sound.curves, silenced);
  const { level, threshold } = measureLevels(curves.power);
  if (level.filter((value) => value >= threshold).length < LEAST_PLAYING * FRAME_RATE) return untouched;
  const spectrogram = silenceFrames(sound.spectrogram, silenced);
  return { sound: { ...sound, curves, spectrogram, notes }, spoken };
}

/** The span with the silences that it lies between, but for the last moment before and the first after what is played. */
function withSilenceAround({ start, end }: Span, { silences, level }: Levels): Span {
  const before = silences.find((silence) => silence.end === start);
  const after = silences.find((silence) => silence.start === end);
  const isLast = after !== undefined && after.end * FRAME_RATE >= level.length;
  return {
    start: before === undefined ? start : before.start === 0 ? 0 : Math.min(start, before.start + MARGIN),
    end: after === undefined ? end : isLast ? after.end : Math.max(end, after.end - MARGIN),
  };
}

function silenceCurves(curves: FrameCurves, spans: readonly Span[]): FrameCurves {
  const silenced = {
    ...curves,
    power: curves.power.slice(),
    weighted: curves.weighted.slice(),
    strength: curves.strength.slice(),
  };
  const power = quietestOf(curves.power);
  const weighted = quietestOf(curves.weighted);
  for (const { start, end } of spans) {
    const first = Math.floor(start * FRAME_RATE);
    const last = Math.ceil(end * FRAME_RATE);
    silenced.power.fill(power, first, last);
    silenced.weighted.fill(weighted, first, last);
    // A spectrum that begins before the span reaches into it.
    silenced.strength.fill(0, Math.max(0, first - WINDOW / HOP), last);
  }
  return silenced;
}

/** The spectrogram with its quietest frame in place of those in the spans. */
function silenceFrames(spectrogram: Spectrogram, spans: readonly Span[]): Spectrogram {
  const quiet = quietestFrame(spectrogram);
  const source = Uint32Array.from({ length: spectrogram.frames }, (_, frame) => frame);
  for (const { start, end } of spans) {
    const first = Math.floor((start - 2 * FRAME_MIDDLE) * SPECTROGRAM_RATE);
    source.fill(quiet, Math.max(0, first), Math.ceil(end * SPECTROGRAM_RATE));
  }
  return {
    ...spectrogram,
    level: (frame, band) => spectrogram.level(source[frame], band),
    row: (frame) => spectrogram.row(source[frame]),
  };
}

function quietestFrame(spectrogram: Spectrogram): number {
  let quietest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let frame = 0; frame < spectrogram.frames; frame += 1) {
    const sum = spectrogram.row(frame).reduce((total, byte) => total + byte, 0);
    if (sum < least) {
      least = sum;
      quietest = frame;
    }
  }
  return quietest;
}
