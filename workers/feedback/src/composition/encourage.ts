import type { Analysis, UserContext } from "@crescendai/contracts";
import type { Exercise, Statement } from "./statement.ts";

/** An encouragement that is earned: it names a strength that was measured, or says plainly what comes next. */
export function encourage(
  analysis: Analysis,
  context: UserContext,
  strengths: readonly Statement[],
  exercises: readonly Exercise[],
): string {
  if (analysis.heard === "too_short")
    return "Record ten seconds or more, and there will be something to say.";
  if (analysis.heard !== "music") return "Record again once this is sorted out: we'd like to hear you play.";
  const next = nextStep(context, exercises);
  const best = strengths[0];
  return best === undefined
    ? `Thank you for playing. ${next}`
    : `This went well: ${lowerFirst(best.observation)} ${next}`;
}

function nextStep({ experience_level }: UserContext, exercises: readonly Exercise[]): string {
  if (exercises.length === 0)
    return "Record it again in a few days, and the two can be compared number by number.";
  switch (experience_level) {
    case "beginner":
      return "Take one exercise at a time, slowly; a small change that you can hear is a real one.";
    case "advanced":
    case "professional":
      return "Whether these measurements match your intentions is yours to judge; the next take will show what changed.";
    default:
      return "Work on the first exercise, then record the passage again: the numbers will show what changed.";
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
