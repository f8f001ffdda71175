import type { UserContext } from "@crescendai/contracts";
import type { Exercise } from "./statement.ts";

/** An exercise as one text: what to do, for how long, and how the player will know. */
export function exerciseText(exercise: Exercise, context: UserContext): string {
  const slowly =
    context.experience_level === "beginner" ? " Hands separately first, if together is too much." : "";
  return `${exercise.instruction}${slowly} ${exercise.minutes} min. It works when ${exercise.success}.`;
}
