import type { Analysis } from "@crescendai/contracts";
import { dayOf, type EarlierRecording, earlierTake, type History, otherMusic, timeOf } from "../history.ts";
import type { Register } from "../register.ts";
import { isRough } from "../standing.ts";
import { TOPIC_NAMES } from "../topic.ts";
import { listed } from "../wording.ts";
import type { Change } from "./change.ts";
import { changesSince } from "./compare.ts";
import { trendSentence } from "./trend.ts";

/** How a recording stands against the same player's earlier ones. */
export interface Progress {
  /** The earlier take of the same music that it's compared with; null where there is none. */
  readonly earlier: EarlierRecording | null;
  /** "on 3 March", or "before" on the same day: when that take was, once it has been named; null without one. */
  readonly day: string | null;
  readonly changes: readonly Change[];
  /** What there is to say besides the changes themselves; null where that is nothing. */
  readonly sentence: string | null;
}

/** Compares a recording with its player's earlier ones: takes of the same music, or, failing that, cautiously others. */
export function progressOf(history: History, analysis: Analysis, now: string, register: Register): Progress {
  if (analysis.heard !== "music") return { earlier: null, day: null, changes: [], sentence: null };
  const earlier = earlierTake(history);
  if (earlier === null) {
    const sentence = isRough(analysis) ? null : trendSentence(otherMusic(history), analysis, register);
    return { earlier: null, day: null, changes: [], sentence };
  }
  const when = timeOf(earlier.created_at, now);
  if (isRough(analysis) || isRough(earlier)) {
    const tooLittle = isRough(analysis) ? "is too little to go by this time" : "was too little to go by then";
    const sentence = `You recorded this music ${when} as well, but there ${tooLittle} to compare the two.`;
    return { earlier: null, day: null, changes: [], sentence };
  }
  const changes = changesSince(earlier, analysis, now, register);
  const sentence =
    changes.length === 0
      ? `You recorded this music ${when} as well; no difference between the two takes is larger than the uncertainty of comparing them.`
      : `You recorded this music ${when} as well. ${summaryOf(changes)}`;
  return { earlier, day: dayOf(earlier.created_at, now), changes, sentence };
}

/** What has become better since, what less good, and what both, by topic; the figures are told with each. */
function summaryOf(changes: readonly Change[]): string {
  const named = (direction: Change["direction"]) =>
    changes
      .filter((change) => change.direction === direction && !change.isConditional)
      .map(({ topic }) => TOPIC_NAMES[topic])
      .filter((name, index, all) => all.indexOf(name) === index);
  const better = named("better");
  const worse = named("worse");
  const sentences = [
    { how: "Better than then", names: better.filter((name) => !worse.includes(name)) },
    { how: "Less good than then", names: worse.filter((name) => !better.includes(name)) },
    { how: "Partly better, partly less good", names: better.filter((name) => worse.includes(name)) },
  ].flatMap(({ how, names }) => (names.length === 0 ? [] : [`${how}: ${listed(names)}.`]));
  return sentences.length === 0
    ? "What differs between the two takes is neither better nor worse in itself."
    : sentences.join(" ");
}
