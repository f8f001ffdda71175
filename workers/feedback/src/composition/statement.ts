import type { Finding } from "@crescendai/contracts";

/** What a statement is about: exercises are put in order by it. */
export type Topic = "recording" | "dynamics" | "timing" | "flow";

/** Something to practise that follows from a finding. */
export interface Exercise {
  readonly topic: Topic;
  readonly skillArea: string;
  /** What to do, where, at what tempo; without the minutes. */
  readonly instruction: string;
  readonly minutes: number;
  /** How the next recording will show that it worked. */
  readonly success: string;
}

/** A finding in words. */
export interface Statement {
  readonly finding: Finding;
  readonly topic: Topic;
  /** A strength is to be kept, an area worked on; a remark is neither until the score is compared. */
  readonly weight: "strength" | "area" | "remark";
  readonly category: string;
  readonly observation: string;
  readonly advice: string;
  /** The measured number that it rests on. */
  readonly measured: string;
  readonly exercise: Exercise | null;
}
