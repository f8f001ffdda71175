import { followMelody, groupOnsets, type HeardNote } from "@crescendai/performance-analysis/listening";
import type { Performance, PlayedNote } from "../render/performance.ts";
import type { Random } from "../render/random.ts";

/** Seconds of a performance that are played. */
const EXCERPT = 9;
/** Farthest transposition, in semitones: so that neither keys nor registers of four works are learnt. */
const FARTHEST = 6;
/** Mean velocity of both voices, and the most by which the top voice is struck harder or more softly than the rest. */
const MEAN_VELOCITY = { least: 42, most: 78 } as const;
const LARGEST_LEAD = 28;
/** Share of each note's own departure from its voice's mean that is kept: from nearly flat to as it was played. */
const KEPT = { least: 0.4, most: 1 } as const;
/** Velocity that is added for every semitone up, at the most: players whose hands weigh differently. */
const LARGEST_SLOPE = 0.4;
/** Velocities that pianos answer to, and the keys they have. */
const VELOCITY = { least: 8, most: 126 } as const;
const KEYS = { lowest: 21, highest: 108 } as const;

/**
 * An excerpt of a performance with its top voice and the rest at velocities that are drawn apart, in any relation:
 * pianists' own melodies are nearly always the louder, and whoever learns from them takes high notes for strongly struck ones.
 */
export function rebalanced(performance: Performance, random: Random): Performance {
  const start = random.uniform(0, Math.max(0, performance.duration - EXCERPT));
  const semitones = Math.round(random.uniform(-FARTHEST, FARTHEST));
  const kept = performance.notes
    .filter(({ onset }) => onset >= start && onset < start + EXCERPT)
    .map((note) => ({ ...note, pitch: note.pitch + semitones }))
    .filter(({ pitch }) => pitch >= KEYS.lowest && pitch <= KEYS.highest)
    .map((note) => ({ ...note, onset: note.onset - start, offset: note.offset - start }));
  const top = topVoice(kept);
  const middle = random.uniform(MEAN_VELOCITY.least, MEAN_VELOCITY.most);
  const lead = random.uniform(-LARGEST_LEAD, LARGEST_LEAD);
  const share = random.uniform(KEPT.least, KEPT.most);
  const slope = random.uniform(-LARGEST_SLOPE, LARGEST_SLOPE);
  const meanOfTop = meanVelocity(kept.filter((_, index) => top.has(index)));
  const meanOfRest = meanVelocity(kept.filter((_, index) => !top.has(index)));
  const centre = kept.reduce((sum, { pitch }) => sum + pitch, 0) / Math.max(1, kept.length);
  const notes = kept.map((note, index) => {
    const isTop = top.has(index);
    const velocity =
      middle +
      (isTop ? lead / 2 : -lead / 2) +
      share * (note.velocity - (isTop ? meanOfTop : meanOfRest)) +
      slope * (note.pitch - centre);
    return { ...note, velocity: Math.round(Math.min(VELOCITY.most, Math.max(VELOCITY.least, velocity))) };
  });
  const moved = (points: Performance["pedal"]) =>
    points
      .filter(({ time }) => time < start + EXCERPT)
      .map(({ time, value }) => ({ time: Math.max(0, time - start), value }));
  return {
    notes,
    pedal: moved(performance.pedal),
    softPedal: [],
    duration: notes.reduce((latest, { offset }) => Math.max(latest, offset), 0),
  };
}

/** Indices of the notes of the top voice, whatever their velocities. */
function topVoice(notes: readonly PlayedNote[]): ReadonlySet<number> {
  const heard: HeardNote[] = notes.map((note) => ({ ...note, salience: 1, level: 0 }));
  const indices = new Map(heard.map((note, index) => [note, index]));
  const inOrder = heard.toSorted((a, b) => a.onset - b.onset || a.pitch - b.pitch);
  return new Set(followMelody(groupOnsets(inOrder)).flatMap(({ note }) => indices.get(note) ?? []));
}

function meanVelocity(notes: readonly PlayedNote[]): number {
  return notes.reduce((sum, { velocity }) => sum + velocity, 0) / Math.max(1, notes.length);
}
