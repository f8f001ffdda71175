import type { Finding } from "@crescendai/contracts";
import { largestSum } from "../music/place.ts";
import { standardError, type VoicedNote } from "../music/voicing.ts";
import { clamp, median, round } from "../signal/statistics.ts";
import { beyond, finding } from "./finding.ts";

/**
 * dB of the top voice over the others from which a melody is called voiced, and up to which, with its standard error added,
 * buried. Pianists strike it 2 to 5 dB harder (quartiles of PercePiano, by velocity); what an instrument and a room add is
 * known to 2.5 dB only, so that a melody that is struck as strongly as the rest is read as −3 on some pianos, and is no fault.
 */
const VOICED_DB = 3.5;
const BURIED_DB = -2;
/** dB by which the melody must lie under that for a strength of 0.5. */
const BURIED_SCALE_DB = 4;
/**
 * dB by which a passage must differ from the rest, which the instrument makes no louder or softer than it: in most
 * recordings some passage lies 4 to 8 under the rest.
 */
const CONTRAST_DB = 10;
/** dB from the recording's own lead beyond which a note counts no more: one wrong note isn't a passage. */
const MOST_DB = 8;
/** Fewest notes of the melody, and seconds, of a passage; fewest notes of the rest. */
const LEAST_NOTES = 8;
const LEAST_SECONDS = 4;
const LEAST_REST = 6;
/**
 * Semitones that are a leap, and the share of leaps from which the highest notes aren't one voice: bells or a crossing hand sound
 * above the melody, softly as they should (the slow movement of Schubert's D 960: 0.36 to 0.57 of them; melodies: up to 0.31).
 */
const LEAP = 8;
const MOST_LEAPS = 0.33;
/** dB; where notes scatter so much that their median is less sure, nothing is said. */
const MOST_ERROR_DB = 3;

/** The melody against the rest: where it is lost, and where it leads. */
export function voicingFindings(notes: readonly VoicedNote[]): Finding[] {
  const whole = toPassage(notes);
  if (whole === null) return [];
  if (isBuried(whole)) return [buried(whole)];
  if (whole.lead >= VOICED_DB) return [voiced(whole)];
  const findings: Finding[] = [];
  const low = contrasting(notes, ({ lead }) => whole.lead - lead);
  if (low !== null && isBuried(low)) findings.push(buried(low));
  const high = contrasting(notes, ({ lead }) => lead - whole.lead);
  if (high !== null && high.lead >= VOICED_DB) findings.push(voiced(high));
  return findings;
}

type Passage = {
  /** Seconds: of its first and its last note. */
  readonly start: number;
  readonly end: number;
  readonly notes: number;
  /** Median, in dB, and its standard error. */
  readonly lead: number;
  readonly error: number;
};

function isBuried({ lead, error }: Passage): boolean {
  return lead + error <= BURIED_DB;
}

function buried(passage: Passage): Finding {
  const strength = beyond(BURIED_SCALE_DB + BURIED_DB - passage.lead, BURIED_SCALE_DB);
  return finding("melody_buried", passage, "dynamics_control", strength, evidenceOf(passage));
}

function voiced(passage: Passage): Finding {
  const strength = beyond(passage.lead, VOICED_DB);
  return finding("melody_voiced", passage, "dynamics_control", strength, evidenceOf(passage));
}

function evidenceOf({ lead, notes }: Passage): Readonly<Record<string, number>> {
  return { melody_over_accompaniment_db: round(lead, 1), notes };
}

/** Null for too few notes, too short, too scattered, or for what is no melody. */
function toPassage(notes: readonly VoicedNote[]): Passage | null {
  if (notes.length < LEAST_NOTES) return null;
  const leads = notes.map(({ lead }) => lead);
  if (shareOfLeaps(notes) > MOST_LEAPS) return null;
  const start = notes[0].time;
  const end = notes[notes.length - 1].time;
  const error = standardError(leads);
  if (end - start < LEAST_SECONDS || error > MOST_ERROR_DB) return null;
  return { start, end, notes: notes.length, lead: median(leads), error };
}

/**
 * The passage that differs most from the recording as a whole: of all runs of notes, the one with the largest sum of
 * `excess`, so that it begins and ends on the note. Null where it doesn't differ plainly from the rest.
 */
function contrasting(notes: readonly VoicedNote[], excess: (note: VoicedNote) => number): Passage | null {
  const { first, last } = largestSum(notes.map((note) => clamp(excess(note), -MOST_DB, MOST_DB)));
  const passage = toPassage(notes.slice(first, last));
  const rest = [...notes.slice(0, first), ...notes.slice(last)].map(({ lead }) => lead);
  if (passage === null || rest.length < LEAST_REST) return null;
  return Math.abs(median(rest) - passage.lead) >= CONTRAST_DB ? passage : null;
}

function shareOfLeaps(notes: readonly VoicedNote[]): number {
  const leaps = notes.filter(
    (note, index) => index > 0 && Math.abs(note.pitch - notes[index - 1].pitch) >= LEAP,
  );
  return leaps.length / (notes.length - 1);
}
