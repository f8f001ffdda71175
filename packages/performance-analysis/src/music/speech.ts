import type { Spectrogram } from "../features/spectrogram.ts";
import type { Partials } from "../instrument/partials.ts";
import { pianoOdds } from "../instrument/piano-odds.ts";
import { FRAME_RATE, type FrameCurves } from "../signal/frames.ts";
import type { Levels, Span } from "./levels.ts";
import type { Note } from "./note.ts";
import type { Onset } from "./onsets.ts";
import { measureTimbre } from "./timbre.ts";

/** A recording as far as a voice is looked for in it. */
export type VoicedSound = {
  readonly curves: FrameCurves;
  readonly spectrogram: Spectrogram;
  readonly partials: Partials;
  readonly levels: Levels;
  readonly onsets: readonly Onset[];
  readonly notes: readonly Note[];
};

/** Seconds of silence that part what somebody says from what is played; shorter ones lie between words. */
const LEAST_GAP = 0.2;
/** Seconds of sound from which it can be told whether somebody speaks. */
const LEAST_STRETCH = 1;
/** Seconds within which a shorter sound beside speech belongs to it, a word or a breath, and speech goes on. */
const NEARBY = 1;
/**
 * A voice between silences: its pitch glides by so many cents within 23 ms, what was taken for notes is brief, and no strings
 * of a piano are heard (logarithm of the odds). Of 70 sentences by five human speakers and 32 by a synthesiser, dry and in rooms,
 * all lie beyond all three (wavering from 13.8, notes up to 0.15 s, odds up to −0.3); of 180 beginnings of piano playing, 1.5
 * to 4 s long, none beyond more than one.
 */
const VOICE = { wavering: 12, noteLength: 0.2, odds: 0 };

/**
 * The stretches of a recording in which somebody speaks and doesn't play, from silence to silence: an announcement, a remark
 * between two attempts. Speech over playing isn't told from it.
 */
export function findSpeech(sound: VoicedSound): Span[] {
  const stretches = stretchesBetween(sound.levels);
  const isSpoken = stretches.map((stretch) => isSpeech(sound, stretch));
  const isPart = stretches.map(
    (stretch, index) => isSpoken[index] || isRemnant(sound, stretch, stretches, isSpoken),
  );
  const spoken: Span[] = [];
  stretches.forEach((stretch, index) => {
    const previous = spoken.at(-1);
    if (!isPart[index]) return;
    if (previous !== undefined && isPart[index - 1] && stretch.start - previous.end <= NEARBY) {
      spoken[spoken.length - 1] = { start: previous.start, end: stretch.end };
    } else {
      spoken.push(stretch);
    }
  });
  return spoken;
}

/** What sounds between silences of at least `LEAST_GAP`. */
function stretchesBetween({ level, silences }: Levels): Span[] {
  const stretches: Span[] = [];
  let start = 0;
  for (const silence of silences) {
    if (silence.end - silence.start < LEAST_GAP) continue;
    if (silence.start > start) stretches.push({ start, end: silence.start });
    start = silence.end;
  }
  const end = level.length / FRAME_RATE;
  if (end > start) stretches.push({ start, end });
  return stretches;
}

function isSpeech(sound: VoicedSound, stretch: Span): boolean {
  if (stretch.end - stretch.start < LEAST_STRETCH) return false;
  const { curves, levels, onsets, notes, partials, spectrogram } = within(sound, stretch);
  const timbre = measureTimbre(curves, levels, onsets, notes, spectrogram);
  if (timbre === null || timbre.wavering < VOICE.wavering || timbre.noteLength > VOICE.noteLength)
    return false;
  // Asked last, as it costs most.
  const piano = pianoOdds(notes, partials);
  return piano !== null && piano.odds < VOICE.odds;
}

/** Whether a sound too short to be told alone stands beside speech, and no piano's strings are heard in it. */
function isRemnant(
  sound: VoicedSound,
  stretch: Span,
  stretches: readonly Span[],
  isSpoken: readonly boolean[],
): boolean {
  if (stretch.end - stretch.start >= LEAST_STRETCH) return false;
  const isBesideSpeech = stretches.some(
    ({ start, end }, index) =>
      isSpoken[index] && start - stretch.end <= NEARBY && stretch.start - end <= NEARBY,
  );
  if (!isBesideSpeech) return false;
  const { notes, partials } = within(sound, stretch);
  const piano = pianoOdds(notes, partials);
  return piano === null || piano.odds < VOICE.odds;
}

/** The same sound with the frames, onsets and notes of a stretch only; the notes' times stay the recording's. */
function within(sound: VoicedSound, { start, end }: Span): VoicedSound {
  const first = Math.floor(start * FRAME_RATE);
  const last = Math.ceil(end * FRAME_RATE);
  const { curves, levels } = sound;
  return {
    ...sound,
    curves: {
      power: curves.power.subarray(first, last),
      weighted: curves.weighted.subarray(first, last),
      strength: curves.strength.subarray(first, last),
      flatness: curves.flatness.subarray(first, last),
      peakFrequency: curves.peakFrequency.subarray(first, last),
    },
    levels: { ...levels, level: levels.level.subarray(first, last) },
    onsets: sound.onsets.filter(({ time }) => time >= start && time < end),
    notes: sound.notes.filter(({ onset }) => onset >= start && onset < end),
  };
}
