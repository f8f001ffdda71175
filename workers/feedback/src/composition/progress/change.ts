import type { Dimension } from "@crescendai/contracts";
import type { Topic } from "../topic.ts";

/** A change since an earlier take of the same music that is larger than its uncertainty. */
export interface Change {
  /** Name of the dimension or of the measured quantity. */
  readonly of: string;
  /** Unit of `before` and `now`: "points", "ms", … */
  readonly unit: string;
  readonly before: number;
  readonly now: number;
  /** `different` where neither is better in itself. */
  readonly direction: "better" | "worse" | "different";
  readonly topic: Topic;
  /** The dimension whose practice helps. */
  readonly dimension: Dimension;
  /** How many times the least change that would be claimed. */
  readonly weight: number;
  /** Whether another piano, room or microphone would change it as well: its sentence says so. */
  readonly isConditional: boolean;
  /** The change as a sentence with both numbers and the day. */
  readonly sentence: string;
}
