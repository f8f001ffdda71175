import {
  type Analysis,
  type AnalysisSummary,
  DIMENSIONS,
  type Recording,
  type UserContext,
} from "@crescendai/contracts";
import { scored } from "../composition/dimension-words.ts";
import { describeFindings } from "../composition/findings/describe-findings.ts";
import type { History } from "../composition/history.ts";
import { lowestInWords } from "../composition/lowest.ts";
import { playerOf } from "../composition/player.ts";
import { skillLabel } from "../composition/practice/exercise-text.ts";
import { readAnalysis } from "../composition/reading.ts";
import { lowestReadings } from "../composition/standing.ts";
import { tellingOf } from "../composition/telling.ts";

type About = Pick<Recording, "id" | "filename" | "duration" | "created_at" | "status">;

/** Most dimensions that are named as weakest. */
const MOST_WEAKEST = 3;

/**
 * What feedback says about a recording, in short: made of the same reading, so that the two can't disagree.
 *
 * @param history the player's earlier recordings, newest first.
 * @param now from when days of earlier recordings are named: as for feedback, when the job was made, ISO 8601.
 */
export function summariseAnalysis(
  recording: About,
  analysis: Analysis,
  context: UserContext,
  history: History,
  now: string,
): AnalysisSummary {
  const reading = readAnalysis(analysis, context, history, now, recording.filename);
  return {
    ...withoutReading(recording, []),
    ...summariseScores(analysis),
    lowest: lowestInWords(analysis),
    strengths: [...reading.strengths],
    priorities: reading.priorities.map((priority) => `${skillLabel(priority)}. ${priority.why}`),
    findings: findingsOf(analysis, context),
    notes: [...reading.character, ...reading.essential, ...reading.notes],
    practice: reading.priorities.map(({ instruction, minutes, success }) => ({
      task: instruction,
      minutes,
      works_when: success,
    })),
  };
}

/** The scores that there are, and the lowest of them that single something out. */
export function summariseScores(analysis: Analysis): Pick<AnalysisSummary, "dimensions" | "weakest"> {
  return {
    dimensions: Object.fromEntries(
      DIMENSIONS.map((name) => scored(name, analysis.dimensions[name]))
        .filter((one) => one !== null)
        .map(({ dimension, score, uncertainty }) => [dimension, { score, uncertainty }]),
    ),
    weakest: lowestReadings(analysis)
      .slice(0, MOST_WEAKEST)
      .map(({ dimension }) => dimension),
  };
}

/** The summary of a recording of which nothing can be said yet, with a note that says why. */
export function withoutReading(
  { id, filename, duration, created_at, status }: About,
  notes: string[],
): AnalysisSummary {
  return {
    recording: { id, filename, duration, created_at },
    status,
    dimensions: {},
    weakest: [],
    lowest: null,
    strengths: [],
    priorities: [],
    findings: [],
    notes,
    practice: [],
  };
}

/** All findings, each once: what is left out would be denied. */
function findingsOf(analysis: Analysis, context: UserContext): AnalysisSummary["findings"] {
  const telling = tellingOf(analysis, playerOf(context));
  const told = new Set<string>();
  return describeFindings(analysis.findings, telling)
    .filter(({ observation }) => !told.has(observation) && told.add(observation))
    .map(({ finding: { kind, start, end, evidence }, observation, advice, dimension }) => ({
      kind,
      start,
      end,
      observation,
      suggestion: advice,
      dimension,
      evidence,
    }));
}
