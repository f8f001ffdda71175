import type { Note } from "../music/note.ts";
import { bytesOfBase64 } from "../transcription/base64.ts";
import { createNetworkRunner, decodeNetwork } from "../transcription/onset-network.ts";
import { describeNotes } from "./describe-notes.ts";
import { INSTRUMENT_WEIGHTS } from "./instrument-weights.ts";
import { meanOdds } from "./mean-odds.ts";
import type { Partials } from "./partials.ts";

/** How likely it is a piano that plays, against all else. */
export interface PianoOdds {
  /** Natural logarithm of a typical note's odds to be a piano's: 0 is as likely as not, 3 is twenty to one for a piano. */
  readonly odds: number;
  /** Notes that it rests on. */
  readonly notes: number;
}

const judgeNote = createNetworkRunner(decodeNetwork(bytesOfBase64(INSTRUMENT_WEIGHTS)));

/** The odds that a recording is of a piano, from its notes' strings; null where no note can be described. */
export function pianoOdds(notes: readonly Note[], partials: Partials): PianoOdds | null {
  const described = describeNotes(notes, partials);
  if (described.length === 0) return null;
  return { odds: meanOdds(described.map((inputs) => judgeNote(inputs)[0])), notes: described.length };
}
