import type { Analysis } from "@crescendai/contracts";
import { DIMENSION_WORDS, nameOf } from "../dimension-words.ts";
import { dayOf, type EarlierRecording } from "../history.ts";
import { playedSeconds } from "../played.ts";
import type { Register } from "../register.ts";
import { upperFirst, whole } from "../wording.ts";
import type { Change } from "./change.ts";
import { differencesOf } from "./difference.ts";
import { QUANTITIES } from "./quantities.ts";

/** By how much the lengths of two takes may differ, as a share, for counts in them to be compared. */
const SAME_LENGTH = 0.2;
/** Most changes that are told: the plainest. */
const MOST_CHANGES = 6;

/**
 * What has changed since an earlier take of the same music, as far as it is larger than its uncertainty, plainest
 * first: measured quantities, and dimensions about which no quantity says anything already.
 *
 * @param now ISO 8601: the present recording's time, from which days are named.
 */
export function changesSince(
  earlier: EarlierRecording,
  analysis: Analysis,
  now: string,
  register: Register,
): Change[] {
  const than = `than ${dayOf(earlier.created_at, now)}`;
  const measured = measuredChanges(earlier, analysis, than);
  const told = new Set(measured.map(({ dimension }) => dimension));
  const rated = ratedChanges(earlier, analysis, than, register).filter(
    ({ dimension }) => !told.has(dimension),
  );
  return [...measured, ...rated].toSorted((a, b) => b.weight - a.weight).slice(0, MOST_CHANGES);
}

function measuredChanges(earlier: EarlierRecording, analysis: Analysis, than: string): Change[] {
  const before = playedSeconds({ analysed_duration: earlier.duration, measurements: earlier.measurements });
  const now = playedSeconds(analysis);
  const sameLength = Math.abs(before - now) <= SAME_LENGTH * Math.max(before, now);
  return QUANTITIES.flatMap((quantity): Change[] => {
    const before = quantity.read(earlier.measurements);
    const now = quantity.read(analysis.measurements);
    if (before === null || now === null || (quantity.counts && !sameLength)) return [];
    if (before === now || Math.abs(now - before) < quantity.least(before, now)) return [];
    const { name, unit, topic, dimension, isConditional } = quantity;
    return [
      {
        of: name,
        unit,
        before,
        now,
        direction: quantity.direction(before, now),
        topic,
        dimension,
        weight: Math.abs(now - before) / quantity.least(before, now),
        isConditional,
        sentence: quantity.sentence(before, now, than),
      },
    ];
  });
}

function ratedChanges(
  earlier: EarlierRecording,
  analysis: Analysis,
  than: string,
  register: Register,
): Change[] {
  return differencesOf(earlier.dimensions, analysis.dimensions, true)
    .filter(({ isCertain }) => isCertain)
    .map(({ before, now, uncertainty }): Change => {
      const { dimension } = now;
      const { topic } = DIMENSION_WORDS[dimension];
      const higher = now.score > before.score;
      return {
        of: dimension,
        unit: "points",
        before: before.score,
        now: now.score,
        direction: higher ? "better" : "worse",
        topic,
        dimension,
        weight: Math.abs(now.score - before.score) / Math.max(1, uncertainty),
        isConditional: false,
        sentence: `${upperFirst(nameOf(dimension, register))} reads ${higher ? "higher" : "lower"} ${than}: about ${whole(now.score)} instead of ${whole(before.score)}, more than the ± ${whole(uncertainty)} that the comparison may err by.`,
      };
    });
}
