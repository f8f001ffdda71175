import type { Exercise } from "../statement.ts";
import { upperFirst } from "../wording.ts";

/** What to do, and for how long. */
export function taskText({ instruction, minutes }: Exercise): string {
  return `${instruction} ${minutes} min.`;
}

/** An exercise as one text: what to do, for how long, and how the player will know. */
export function exerciseText(exercise: Exercise): string {
  return `${taskText(exercise)} It works when ${exercise.success}.`;
}

/** The sign of success as a sentence. */
export function outcomeText({ success }: Exercise): string {
  return `${upperFirst(success)}.`;
}

/** What an exercise trains, and, where it isn't about a fault, that it isn't. */
export function skillLabel({ reason, skillArea }: Exercise): string {
  switch (reason) {
    case "keep":
      return `To keep and extend: ${skillArea}`;
    case "lowest":
      return `To develop: ${skillArea}`;
    case "goal":
      return `Your goal: ${skillArea}`;
    default:
      return skillArea;
  }
}
