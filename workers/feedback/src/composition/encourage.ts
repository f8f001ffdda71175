import type { Analysis } from "@crescendai/contracts";
import { playedSeconds } from "./played.ts";
import type { Player } from "./player.ts";
import type { Progress } from "./progress/progress.ts";
import { isRough, lowestReadings } from "./standing.ts";
import { type Exercise, isArea, type Statement } from "./statement.ts";
import { TOPIC_NAMES, type Topic } from "./topic.ts";
import { UNHEARD } from "./unheard.ts";

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
  if (isRough(analysis)) return `Thank you for playing. ${forMore(analysis, statements)}`;
  const better = progress.changes.find(
    ({ direction, isConditional }) => direction === "better" && !isConditional,
  );
  const best = foundationOf(analysis, statements, exercises);
  const next = nextStep(player);
  if (better !== undefined && progress.day !== null) {
    return `Your work shows: compared with the take ${progress.day}, ${TOPIC_NAMES[better.topic]} has gained, and that can be measured. ${next}`;
  }
  if (best !== null) return `${foundation(best.topic, player)} ${next}`;
  return `Thank you for playing. ${next}`;
}

/** Seconds of playing from which a clear recording is long enough to go by. */
const LONG_ENOUGH = 10;

/** What would let more be heard, where there was little to go by. */
function forMore(analysis: Analysis, statements: readonly Statement[]): string {
  const fault = statements.find(({ topic }) => topic === "recording");
  if (fault?.finding.kind === "other_instrument") return UNHEARD.other_instrument.next;
  if (fault !== undefined)
    return "Put right what is said of the recording, and we'll hear more of your playing.";
  return playedSeconds(analysis) < LONG_ENOUGH
    ? "Ten seconds or more, recorded from one to two metres away, will let us hear more of it."
    : "A clearer recording, from one to two metres away and not too loud, will let us hear more of it.";
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
  if (register === "terse") return `To build on: ${TOPIC_NAMES[topic]}.`;
  return register === "simple"
    ? `You can be glad of ${TOPIC_NAMES[topic]}.`
    : `You can build on ${TOPIC_NAMES[topic]}: it's there already.`;
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
