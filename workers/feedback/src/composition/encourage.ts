import type { Analysis } from "@crescendai/contracts";
import type { Player } from "./player.ts";
import type { Progress } from "./progress/progress.ts";
import { LITTLE_CONFIDENCE } from "./standing.ts";
import type { Statement } from "./statement.ts";
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

/** An encouragement that is earned: it names what was measured to be better or good, or says plainly what comes next. */
export function encourage(
  analysis: Analysis,
  player: Player,
  strengths: readonly Statement[],
  progress: Progress,
): string {
  if (analysis.heard !== "music") return UNHEARD[analysis.heard].next;
  if (analysis.confidence < LITTLE_CONFIDENCE) {
    return "Thank you for playing. A clearer recording, from one to two metres away and not too loud, will let us hear more of it.";
  }
  const better = progress.changes.find(({ direction }) => direction === "better");
  const [best] = strengths;
  const next = nextStep(player);
  if (better !== undefined && progress.day !== null) {
    return `Your work shows: compared with the take ${progress.day}, ${NAMES[better.topic]} has gained, and that can be measured. ${next}`;
  }
  if (best !== undefined) return `${foundation(best.topic, player)} ${next}`;
  return `Thank you for playing. ${next}`;
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
