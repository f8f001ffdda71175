import type { Analysis, UserContext } from "@crescendai/contracts";
import { isOfAnotherPiece } from "../library/name-piece.ts";
import { characterOf } from "./character.ts";
import { encourage } from "./encourage.ts";
import { describeFindings } from "./findings/describe-findings.ts";
import type { History } from "./history.ts";
import { essentialNotes, fitNotes, furtherNotes } from "./notes.ts";
import { type Passage, passagesOf } from "./passages.ts";
import { LEAST_PRIORITIES, playerOf } from "./player.ts";
import { type LongTermGoal, longTermGoals } from "./practice/long-term.ts";
import { fitIntoMinutes } from "./practice/minutes.ts";
import { choosePriorities } from "./practice/priorities.ts";
import { type Progress, progressOf } from "./progress/progress.ts";
import type { Proposal, Statement } from "./statement.ts";
import { strengthsOf } from "./strengths.ts";
import { tellingOf } from "./telling.ts";
import { span } from "./wording.ts";

/** Most changes since an earlier take that are told besides those among strengths and priorities. */
const MOST_FURTHER_CHANGES = 2;

/** Everything that is said about a recording: both public shapes are made from it, so they can't disagree. */
export interface Reading {
  readonly character: readonly string[];
  readonly strengths: readonly string[];
  readonly passages: readonly Passage[];
  /** What to work on, most important first: three to five for music, none for anything else. */
  readonly priorities: readonly Proposal[];
  /** Two or three for music, none for anything else. */
  readonly goals: readonly LongTermGoal[];
  readonly encouragement: string;
  readonly progress: Progress;
  /** What a player must know to take the rest rightly. */
  readonly essential: readonly string[];
  /** Further limits, and how the feedback was fitted to the player. */
  readonly notes: readonly string[];
}

/**
 * Reads an analysis for one player. Deterministic; adds nothing to what was measured.
 *
 * @param history the player's earlier recordings, newest first.
 * @param now when the present recording was sent, ISO 8601: days of earlier ones are named from it.
 * @param filename of the recording, which may name the piece: what is wanted of another isn't asked of it. Null where it
 *   isn't known.
 */
export function readAnalysis(
  analysis: Analysis,
  context: UserContext,
  history: History,
  now: string,
  filename: string | null = null,
): Reading {
  const elsewhere = context.goals.filter((goal) => isOfAnotherPiece(goal, filename ?? "", context));
  const player = playerOf({
    ...context,
    goals: context.goals.filter((goal) => !elsewhere.includes(goal)),
  });
  const telling = tellingOf(analysis, player);
  const music = analysis.heard === "music";
  const statements = onceEach(describeFindings(analysis.findings, telling));
  const progress = progressOf(history, analysis, now, player.register);
  const { exercises, inTurn } = fitIntoMinutes(
    music ? choosePriorities(analysis, statements, progress.changes, player, telling) : [],
    player.minutes,
    LEAST_PRIORITIES,
  );
  const strengths = strengthsOf(analysis, statements, progress.changes, player.register);
  const told = [...strengths, ...exercises.map(({ why }) => why)];
  const furtherChanges = progress.changes
    .map(({ sentence }) => sentence)
    .filter((change) => !told.some((text) => text.startsWith(change)));
  return {
    character: [
      ...characterOf(analysis, progress, player.register),
      ...furtherChanges.slice(0, MOST_FURTHER_CHANGES),
    ],
    strengths,
    passages: passagesOf(analysis, statements, player.register),
    priorities: exercises,
    goals: music ? longTermGoals(analysis, statements, player) : [],
    encouragement: encourage(analysis, player, statements, exercises, progress),
    progress,
    essential: essentialNotes(analysis, statements, player.register),
    notes: [...furtherNotes(analysis, progress), ...fitNotes(player, inTurn, exercises.length, elsewhere)],
  };
}

/**
 * Two findings that come out as the same words are said once; and where the same advice would be given again, but
 * for the place, only that it holds there too.
 */
function onceEach(statements: readonly Statement[]): Statement[] {
  const distinct = statements.filter(
    ({ observation, headline }, index) =>
      statements.findIndex((other) => other.observation === observation || other.headline === headline) ===
      index,
  );
  const adviceOf = ({ advice, finding }: Statement) => advice.replaceAll(span(finding), "");
  const inTime = distinct.toSorted((a, b) => a.finding.start - b.finding.start);
  return distinct.map((statement) => {
    const first = inTime.find((other) => adviceOf(other) === adviceOf(statement));
    if (first === undefined || first === statement) return statement;
    const advice = `For ${span(statement.finding)} the same holds as for ${span(first.finding)}.`;
    return { ...statement, advice };
  });
}
