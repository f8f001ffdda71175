/** From posteriors to notes: candidates, what the networks make of them, and how long each sounds. */

import type { Note } from "../music/note.ts";
import { bytesOfBase64 } from "./base64.ts";
import { LOWEST_KEY, type NoteKernel } from "./kernel.ts";
import { isNoiseBurst } from "./noise-bursts.ts";
import { type OnsetCandidate, onsetCandidates } from "./onset-candidates.ts";
import { createOnsetInputs } from "./onset-inputs.ts";
import { createOnsetJudge, type OnsetJudgement } from "./onset-judge.ts";
import { decodeNetwork } from "./onset-network.ts";
import { ONSET_WEIGHTS, SIEVE_WEIGHTS } from "./onset-weights.ts";
import type { Posteriors } from "./posteriors.ts";

/** What decides between a note and none. */
export interface ExtractionOptions {
  /** Least probability of an onset, 0 to 1. The default gives the best F1 on the benchmark's tuning half. */
  readonly leastProbability: number;
}

const LEAST_PROBABILITY = 0.45;

/** Two onsets of a key that are nearer to each other than this, in seconds, are one: no piano repeats 14 times a second. */
const SHORTEST_REPEAT = 0.07;

/**
 * Least note posterior of a key that still sounds, in 255ths, and frames it may stay below that (70 ms). Against the ends in
 * rendered pieces, dampers and pedal considered, the logarithm of the length correlates by .72 (clean) and .62 (telephone)
 * and is a tenth too long in the median; the original's 0.3 and 11 frames give .67 and .54.
 */
const SOUNDING = 46;
const GAP = 6;
/** Least length of a note, in frames: what is heard of the driest staccato. */
const LEAST_LENGTH = 3;

interface Onset extends OnsetCandidate {
  /** In frames, with fraction. */
  readonly time: number;
  readonly probability: number;
}

const judge = createOnsetJudge(
  decodeNetwork(bytesOfBase64(SIEVE_WEIGHTS)),
  decodeNetwork(bytesOfBase64(ONSET_WEIGHTS)),
);

/**
 * The notes of a recording, in the order of their onsets.
 *
 * A note's salience is the probability that its key is struck there. It ends where its sound does: with the pedal down
 * that is long after the key is let go; at the latest where the key is struck again.
 */
export function extractNotes(
  posteriors: Posteriors,
  kernel: NoteKernel,
  options: Partial<ExtractionOptions> = {},
): Note[] {
  const { leastProbability = LEAST_PROBABILITY } = options;
  const { frameRate } = posteriors;
  const onsets = onsetsHeard(posteriors, kernel, leastProbability);
  return onsets
    .map((onset, index): Note => {
      const next = onsets[index + 1];
      const limit = next?.key === onset.key ? next.time : posteriors.frameCount;
      return {
        onset: Math.max(0, onset.time / frameRate),
        offset: endOf(posteriors.notesOf(onset.key), onset, limit) / frameRate,
        pitch: onset.key + LOWEST_KEY,
        salience: onset.probability,
      };
    })
    .sort((a, b) => a.onset - b.onset || a.pitch - b.pitch);
}

/** The candidates that are taken for onsets, key by key, each key's in the order of time. */
function onsetsHeard(posteriors: Posteriors, kernel: NoteKernel, leastProbability: number): Onset[] {
  const candidates = onsetCandidates(posteriors);
  const judgements = judgementsOf(candidates, posteriors, kernel);
  const likely = candidates.flatMap((candidate, index): Onset[] => {
    const judgement = judgements[index];
    if (judgement === undefined || judgement.probability < leastProbability) return [];
    if (isNoiseBurst(posteriors, candidate.frame)) return [];
    const { probability, shift } = judgement;
    return [{ ...candidate, time: candidate.frame + candidate.apex + shift, probability }];
  });
  return withoutDoubles(likely, SHORTEST_REPEAT * posteriors.frameRate);
}

/**
 * What the judge makes of each candidate. It hears of them in the order of time: those of a moment look at the same part of every
 * curve, which then lies in the processor's cache.
 */
function judgementsOf(
  candidates: readonly OnsetCandidate[],
  posteriors: Posteriors,
  kernel: NoteKernel,
): (OnsetJudgement | undefined)[] {
  const inputs = createOnsetInputs(posteriors, candidates);
  const inTime = Uint32Array.from(candidates.keys()).sort(
    (a, b) => candidates[a].frame - candidates[b].frame,
  );
  const judged = judge(kernel, candidates.length, (place, rows, at) => inputs.write(inTime[place], rows, at));
  const judgements: (OnsetJudgement | undefined)[] = new Array(candidates.length).fill(undefined);
  inTime.forEach((candidate, place) => {
    judgements[candidate] = judged[place];
  });
  return judgements;
}

/** Of onsets of one key nearer to each other than `least` frames, the likeliest. */
function withoutDoubles(onsets: readonly Onset[], least: number): Onset[] {
  const kept: Onset[] = [];
  for (const onset of onsets) {
    const before = kept.at(-1);
    if (before === undefined || before.key !== onset.key || onset.time - before.time >= least) {
      kept.push(onset);
    } else if (onset.probability > before.probability) {
      kept[kept.length - 1] = onset;
    }
  }
  return kept;
}

/** The frame in which a note ends, `limit` at the latest. */
function endOf(notes: Uint8Array, { frame, time }: Onset, limit: number): number {
  let end = time + LEAST_LENGTH;
  let quiet = 0;
  for (let at = frame + 1; at < Math.min(limit, notes.length) && quiet < GAP; at += 1) {
    if (notes[at] < SOUNDING) quiet += 1;
    else {
      quiet = 0;
      end = Math.max(end, at + 1);
    }
  }
  return Math.min(end, limit);
}
