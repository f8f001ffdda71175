import type { Dimension, Finding } from "@crescendai/contracts";
import type { Subject } from "./practice/subject.ts";
import type { Topic } from "./topic.ts";

/** A stretch of the recording, in seconds from its start. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Why something is proposed. `heard`: a finding; `compared`: it was better in an earlier take; `goal`: the player
 * wants it; `below`: a passage stands below the others; `ask`: only the score can tell whether there is anything to
 * do; `lowest`: the lowest of the player's own readings; `keep`: to keep or extend what is good.
 */
export type Reason = "heard" | "compared" | "goal" | "below" | "ask" | "lowest" | "keep";

/** The place of what is practised everywhere. */
export const WHOLE_PIECE = "the piece";

/** Something to practise. */
export interface Exercise {
  readonly topic: Topic;
  readonly reason: Reason;
  readonly skillArea: string;
  /** What it is proposed for, as a sentence: what was heard, or plainly that nothing was. */
  readonly why: string;
  /** The passage that is practised, "0:12–0:20", or "the piece". */
  readonly place: string;
  /** What to aim at, as a short sentence in the imperative. */
  readonly focus: string;
  /** What to do, where, at what tempo; without the minutes. */
  readonly instruction: string;
  readonly minutes: number;
  /** How the next recording will show that it worked: a clause after "when". */
  readonly success: string;
}

/** Whether something is proposed because it may be better, not to keep, extend or only look up what is there. */
export function isArea({ reason }: Pick<Exercise, "reason">): boolean {
  return reason !== "keep" && reason !== "goal" && reason !== "ask";
}

/** An exercise that is proposed, with what is known of it for looking it up in the library. */
export interface Proposal extends Exercise {
  /** Null where the library has nothing to look for. */
  readonly subject: Subject | null;
  /** The player's goal that it serves, in the player's words; null where it is proposed for another reason. */
  readonly wish: string | null;
  /** What was measured there, in figures; null where nothing was, and for players who don't read such figures. */
  readonly measured: string | null;
  /** Further places that it is good for, as a sentence; "" where there are none. */
  readonly further: string;
}

/** A finding in words. */
export interface Statement {
  readonly finding: Finding;
  readonly dimension: Dimension | null;
  readonly topic: Topic;
  /** A strength is to be kept, an area worked on; a remark is neither until the score is compared. */
  readonly weight: "strength" | "area" | "remark";
  readonly category: string;
  /** The finding in one short sentence with its moment. */
  readonly headline: string;
  /** The finding with its numbers. */
  readonly observation: string;
  readonly advice: string;
  /** The measured number that it rests on. */
  readonly measured: string;
  /** Of an area or a remark, work on it; of a strength, how to keep or extend it. */
  readonly exercise: Exercise | null;
}
