import type { Analysis, Recording, RecordingComparison } from "@crescendai/contracts";
import { SAME_MUSIC, sameMusic } from "@crescendai/performance-analysis";
import type { EarlierRecording } from "../composition/history.ts";
import { differencesOf } from "../composition/progress/difference.ts";
import { progressOf } from "../composition/progress/progress.ts";
import type { Register } from "../composition/register.ts";
import { isRough } from "../composition/standing.ts";
import { quoted } from "../composition/wording.ts";
import { notHeard } from "./not-heard.ts";
import { summariseScores } from "./summarise.ts";

/** A recording, and what was heard in it. */
export interface Take {
  readonly recording: Pick<Recording, "id" | "filename" | "duration" | "created_at" | "status">;
  /** Null while nothing is known; `created_at` is when the job was made, from which feedback names days. */
  readonly heard: { readonly analysis: Analysis; readonly created_at: string } | null;
}

/** A take in which music was heard. */
interface HeardTake extends Take {
  readonly heard: NonNullable<Take["heard"]>;
}

/** Two takes that are compared, and how sure it is that they are of the same music, 0 to 1. */
interface Pair {
  readonly from: HeardTake;
  readonly to: HeardTake;
  readonly likeness: number;
}

/**
 * Compares recordings by the rules of feedback: what it says of two takes of the same music is said here in the same words.
 *
 * @param register in which the player is spoken to.
 */
export function compareTakes(takes: readonly Take[], register: Register): RecordingComparison {
  const ordered = takes.toSorted((a, b) => a.recording.created_at.localeCompare(b.recording.created_at));
  const pair = choosePair(ordered.filter(hasMusic));
  return {
    recordings: ordered.map(({ recording: { id, filename, duration, created_at, status }, heard }) => ({
      id,
      filename,
      duration,
      created_at,
      status,
      ...(heard === null ? { dimensions: {}, weakest: [] } : summariseScores(heard.analysis)),
    })),
    ...(pair === null
      ? { compared: null, changes: [], statements: [], notes: notesOnNoPair(ordered) }
      : comparisonOf(pair, register)),
  };
}

function hasMusic(take: Take): take is HeardTake {
  return take.heard !== null && take.heard.analysis.heard === "music";
}

/** Why no two takes can be compared: what of them wasn't heard, or that other ears heard them. */
function notesOnNoPair(takes: readonly Take[]): string[] {
  const without = takes.filter((take) => !hasMusic(take));
  if (takes.length - without.length > 1)
    return [
      "These recordings were listened to by different versions of the analyser, whose scores can't be compared.",
    ];
  return [
    "To compare there must be two recordings in which music was heard.",
    ...without.map(({ recording: { filename, status }, heard }) =>
      heard === null ? notHeard(quoted(filename), status) : `In ${quoted(filename)} no music was heard.`,
    ),
  ];
}

/**
 * The newest take that has an earlier one of the same music, and the earliest such, both with enough to go by if there are such;
 * else the first and the last. Only what the same ears heard can be compared.
 */
function choosePair(takes: readonly HeardTake[]): Pair | null {
  const pairs = takes
    .toReversed()
    .flatMap((to) => takes.slice(0, takes.indexOf(to)).map((from) => pairOf(from, to)))
    .filter((pair) => pair !== null);
  const same = pairs.filter(({ likeness }) => likeness >= SAME_MUSIC);
  const isClear = (pair: Pair) => roughIn(pair) === null;
  return same.find(isClear) ?? same[0] ?? pairs.find(isClear) ?? pairs[0] ?? null;
}

function pairOf(from: HeardTake, to: HeardTake): Pair | null {
  const [one, other] = [from.heard.analysis, to.heard.analysis];
  return one.model_version === other.model_version
    ? { from, to, likeness: sameMusic(other.sketch, one.sketch) }
    : null;
}

/** Which takes of a pair give too little to go by; null if neither. */
function roughIn({ from, to }: Pick<Pair, "from" | "to">): string | null {
  if (!isRough(to.heard.analysis)) return isRough(from.heard.analysis) ? "the earlier recording" : null;
  return isRough(from.heard.analysis) ? "both recordings" : "the later recording";
}

function comparisonOf(
  { from, to, likeness }: Pair,
  register: Register,
): Pick<RecordingComparison, "compared" | "changes" | "statements" | "notes"> {
  const { analysis, created_at } = to.heard;
  const isSame = likeness >= SAME_MUSIC;
  const rough = roughIn({ from, to });
  const scores = rough === null ? scoresChanged(from, to, isSame) : [];
  const { changes, sentence } = progressOf([earlierOf(from, likeness)], analysis, created_at, register);
  return {
    compared: { from: from.recording.id, to: to.recording.id, same_music: isSame },
    changes: scores,
    statements: changes.map((change) => change.sentence),
    notes: [
      sentence ??
        (rough === null
          ? "The two don't seem to be of the same music, which may be the reason for a difference as much as the playing."
          : `There is too little to go by in ${rough} to compare the two.`),
      ...(rough === null && scores.length === 0 ? ["No dimension has a score in both recordings."] : []),
    ],
  };
}

function earlierOf(
  { recording, heard: { analysis, created_at } }: HeardTake,
  likeness: number,
): EarlierRecording {
  const {
    analysed_duration: duration,
    dimensions,
    perception,
    perception_uncertainty,
    measurements,
    confidence,
  } = analysis;
  return {
    recording_id: recording.id,
    created_at,
    duration,
    dimensions,
    perception,
    perception_uncertainty,
    measurements,
    confidence,
    same_music: likeness,
  };
}

function scoresChanged(from: HeardTake, to: HeardTake, isSameMusic: boolean): RecordingComparison["changes"] {
  return differencesOf(from.heard.analysis.dimensions, to.heard.analysis.dimensions, isSameMusic)
    .map(({ before, now, uncertainty, isCertain }) => ({
      dimension: now.dimension,
      from: before.score,
      to: now.score,
      change: oneDecimal(now.score - before.score),
      uncertainty: oneDecimal(uncertainty),
      certain: isCertain,
    }))
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
}

function oneDecimal(value: number): number {
  return Math.round(10 * value) / 10;
}
