import type { Analysis } from "@crescendai/contracts";
import type { Player } from "./player.ts";
import type { Progress } from "./progress/progress.ts";
import { isRough, lowestReadings } from "./standing.ts";
import { type Exercise, isArea, type Statement } from "./statement.ts";
import type { Topic } from "./topic.ts";
import { UNHEARD } from "./unheard.ts";

const NAMES: { readonly [Name in Topic]: string } = {
  recording: "the recording",
  continuity: "the flow of your playing",
  timing: "your pulse",
  evenness: "the evenness of your running notes",
  chords: "the way your chords fall together",
  dynamics: "your shaping of loud and soft",
  balance: "the way your top voice leads",
  articulation: "your articulation",
  pedal: "your pedalling",
  tone: "your tone",
  phrasing: "your phrasing",
  expression: "the expression in your playing",
};

/**
 * An encouragement that is earned: it names what was measured to be better or good, or says plainly what comes next. It
 * builds on nothing that is to be worked on, or that reads lowest.
 */
export function encourage(
  analysis: Analysis,
  player: Player,
  statements: readonly Statement[],
  exercises: readonly Exercise[],
  progress: Progress,
): string {
  if (analysis.heard !== "music") return UNHEARD[analysis.heard].next;
  if (isRough(analysis)) {
    return "Thank you for playing. A clearer recording, from one to two metres away and not too loud, will let us hear more of it.";
  }
  const better = progress.changes.find(
    ({ direction, isConditional }) => direction === "better" && !isConditional,
  );
  const best = foundationOf(analysis, statements, exercises);
  const next = nextStep(player);
  if (better !== undefined && progress.day !== null) {
    return `Your work shows: compared with the take ${progress.day}, ${NAMES[better.topic]} has gained, and that can be measured. ${next}`;
  }
  if (best !== null) return `${foundation(best.topic, player)} ${next}`;
  return `Thank you for playing. ${next}`;
}

/** The first strength in which there is neither a fault nor anything else to work on; null where there is none. */
function foundationOf(
  analysis: Analysis,
  statements: readonly Statement[],
  exercises: readonly Exercise[],
): Statement | null {
  const areas = statements.filter(({ weight }) => weight === "area");
  const topics = new Set([...areas, ...exercises.filter(isArea)].map(({ topic }) => topic));
  const dimensions = new Set(areas.map(({ dimension }) => dimension));
  const [lowest] = lowestReadings(analysis);
  if (lowest !== undefined) dimensions.add(lowest.dimension);
  const best = statements.find(
    ({ weight, topic, dimension }) =>
      weight === "strength" && !topics.has(topic) && (dimension === null || !dimensions.has(dimension)),
  );
  return best ?? null;
}

function foundation(topic: Topic, { register }: Player): string {
  if (register === "terse") return `To build on: ${NAMES[topic]}.`;
  return register === "simple"
    ? `You can be glad of ${NAMES[topic]}.`
    : `You can build on ${NAMES[topic]}: it's there already.`;
}

function nextStep({ context }: Player): string {
  switch (context.experience_level) {
    case "beginner":
      return "Take one exercise at a time, slowly; a small change that you can hear is a real one.";
    case "advanced":
    case "professional":
      return "Whether these measurements match your intentions is yours to judge; the next take will show what changed.";
    default:
      return "Work on the first exercise, then record the passage again: the numbers will show what changed.";
  }
}
