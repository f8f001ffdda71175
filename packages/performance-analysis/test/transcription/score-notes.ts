/** How well a transcription agrees with what was played. */

/** What of a note counts here. */
export interface TimedNote {
  /** Seconds. */
  readonly onset: number;
  /** MIDI note number. */
  readonly pitch: number;
}

/** The agreement of heard and played notes. */
export interface NoteScore {
  readonly heard: number;
  readonly played: number;
  readonly matched: number;
  /** Matched of the heard; 1 if none was heard. */
  readonly precision: number;
  /** Matched of the played; 1 if none was played. */
  readonly recall: number;
  /** Harmonic mean of the two; 1 if nothing was played and nothing heard. */
  readonly f1: number;
  /** Heard less played onset of each match, in seconds. */
  readonly errors: readonly number[];
}

/** MIREX's tolerance for onsets ("Multiple Fundamental Frequency Estimation & Tracking", note tracking), in seconds. */
export const ONSET_TOLERANCE = 0.05;

function onsetsByPitch(notes: readonly TimedNote[]): Map<number, number[]> {
  const byPitch = new Map<number, number[]>();
  for (const { onset, pitch } of notes) {
    const onsets = byPitch.get(pitch);
    if (onsets === undefined) byPitch.set(pitch, [onset]);
    else onsets.push(onset);
  }
  for (const onsets of byPitch.values()) onsets.sort((a, b) => a - b);
  return byPitch;
}

/**
 * Scores a transcription by onset and pitch: a heard note is right if a played one of the same pitch begins within
 * `tolerance` seconds, each counting once. Matching in order of time finds as many pairs as there can be.
 */
export function scoreNotes(
  heard: readonly TimedNote[],
  played: readonly TimedNote[],
  tolerance = ONSET_TOLERANCE,
): NoteScore {
  const playedOnsets = onsetsByPitch(played);
  const errors: number[] = [];
  for (const [pitch, heardOnsets] of onsetsByPitch(heard)) {
    const candidates = playedOnsets.get(pitch) ?? [];
    let next = 0;
    for (const onset of heardOnsets) {
      while (next < candidates.length && candidates[next] < onset - tolerance) next += 1;
      if (next < candidates.length && candidates[next] <= onset + tolerance) {
        errors.push(onset - candidates[next]);
        next += 1;
      }
    }
  }
  const matched = errors.length;
  const total = heard.length + played.length;
  return {
    heard: heard.length,
    played: played.length,
    matched,
    precision: heard.length === 0 ? 1 : matched / heard.length,
    recall: played.length === 0 ? 1 : matched / played.length,
    f1: total === 0 ? 1 : (2 * matched) / total,
    errors,
  };
}
