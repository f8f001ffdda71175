import type { ExperienceLevel, UserContext } from "@crescendai/contracts";
import { minutesAvailable } from "./practice/minutes.ts";
import { type Register, registerOf } from "./register.ts";

/** What feedback is fitted to. */
export interface Player {
  readonly context: UserContext;
  readonly register: Register;
  /** Minutes a day for practice; null where none were named. */
  readonly minutes: number | null;
  /** How many things to work on at once at most. */
  readonly mostPriorities: number;
  /** Share of a measured tempo at which practice begins. */
  readonly practiceShare: number;
}

/** Fewest things to work on. */
export const LEAST_PRIORITIES = 3;

/**
 * Three to five things at once: a beginner has a hand free for three. Slow practice is the slower the less is
 * automatic yet; 60 to 75 % of the tempo keeps the shape of the movement.
 */
function habits(level: ExperienceLevel | null): Pick<Player, "mostPriorities" | "practiceShare"> {
  switch (level) {
    case "beginner":
      return { mostPriorities: LEAST_PRIORITIES, practiceShare: 0.6 };
    case "advanced":
    case "professional":
      return { mostPriorities: 5, practiceShare: 0.75 };
    default:
      return { mostPriorities: 4, practiceShare: 0.65 };
  }
}

/** The player as far as they told us about themselves. */
export function playerOf(context: UserContext): Player {
  return {
    context,
    register: registerOf(context.experience_level),
    minutes: minutesAvailable(context),
    ...habits(context.experience_level),
  };
}
