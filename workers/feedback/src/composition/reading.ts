import type { Analysis, UserContext } from "@crescendai/contracts";
import { describeFinding } from "./describe-finding.ts";
import { encourage } from "./encourage.ts";
import { fitExercises } from "./fit-to-player.ts";
import { fitNotes, goalNotes, limitNotes } from "./notes.ts";
import type { Exercise, Statement } from "./statement.ts";
import { clock, plain } from "./wording.ts";

/** A stretch of the recording with what is said about it. */
export interface Passage {
  readonly start: number;
  readonly end: number;
  /** How the stretch compares with the whole; null where there is nothing to compare. */
  readonly overview: string | null;
  readonly statements: readonly Statement[];
}

/** Everything that is said about a recording: both public shapes are made from it, so they can't disagree. */
export interface Reading {
  readonly character: string;
  readonly strengths: readonly Statement[];
  readonly areas: readonly Statement[];
  readonly passages: readonly Passage[];
  readonly exercises: readonly Exercise[];
  readonly encouragement: string;
  /** What a player's goals and these measurements have to do with each other. */
  readonly goals: readonly string[];
  /** The limits of this reading. */
  readonly limits: readonly string[];
  /** How it was fitted to the player. */
  readonly fit: readonly string[];
}

/** Reads an analysis for one player. Deterministic; adds nothing to what was measured. */
export function readAnalysis(analysis: Analysis, context: UserContext): Reading {
  const statements = analysis.findings.map((finding) => describeFinding(finding, analysis.analysed_duration));
  const strengths = statements.filter(({ weight }) => weight === "strength");
  const areas = statements.filter(({ weight }) => weight === "area");
  // Of remarks, which the score may prove right, one is enough to try out.
  const worthAnExercise = [...areas, ...statements.filter(hasExercise).slice(0, 1)];
  const exercises = fitExercises(
    worthAnExercise.flatMap(({ exercise }) => (exercise === null ? [] : [exercise])),
    context,
  );
  return {
    character: characterOf(analysis),
    strengths,
    areas,
    passages: passagesOf(analysis, statements),
    exercises,
    encouragement: encourage(analysis, context, strengths, exercises),
    goals: goalNotes(analysis, context),
    limits: limitNotes(analysis),
    fit: fitNotes(context),
  };
}

function hasExercise({ weight, exercise }: Statement): boolean {
  return weight === "remark" && exercise !== null;
}

/** What was heard, in one or two sentences. */
function characterOf(analysis: Analysis): string {
  const { measurements } = analysis;
  switch (analysis.heard) {
    case "silence":
      return "Nothing was heard: the recording is silent.";
    case "steady_tone":
      return "A steady tone, not piano playing.";
    case "noise":
      return "Noise only, no playing.";
    case "unclear":
      return "Sound without note beginnings: no playing could be made out.";
    case "too_short":
      return `${plain(analysis.analysed_duration)} s of sound: too short to say anything about the playing.`;
    case "music": {
      const { tempo_bpm, beat_deviation_percent } = measurements.pulse;
      const pulse =
        tempo_bpm === null || beat_deviation_percent === null
          ? "no pulse clear enough to name a tempo"
          : `a beat of about ${Math.round(tempo_bpm)} BPM that varies by ${plain(beat_deviation_percent)} %`;
      const range = measurements.dynamic_range_db;
      return `${clock(analysis.analysed_duration)} of playing with about ${plain(measurements.onset_rate)} note beginnings a second, ${pulse}${range === null ? "" : `, and a dynamic range of ${plain(range)} dB`}.`;
    }
  }
}

function passagesOf(analysis: Analysis, statements: readonly Statement[]): Passage[] {
  if (analysis.sections.length === 0) {
    if (statements.length === 0 || analysis.analysed_duration === 0) return [];
    return [{ start: 0, end: analysis.analysed_duration, overview: null, statements }];
  }
  const last = analysis.sections.length - 1;
  const whole = analysis.measurements.mean_loudness_db;
  return analysis.sections.map((section, index) => ({
    start: section.start,
    end: section.end,
    overview: analysis.sections.length === 1 ? null : overviewOf(section, whole),
    statements: inOrder(statements).filter(
      ({ finding }) => finding.start >= section.start && (finding.start < section.end || index === last),
    ),
  }));
}

function inOrder(statements: readonly Statement[]): Statement[] {
  return statements.toSorted((a, b) => a.finding.start - b.finding.start);
}

/** dB from which a section is called louder or softer than the whole: the least that is plainly heard. */
const AUDIBLE_DB = 1;

function overviewOf(section: Analysis["sections"][number], whole: number | null): string {
  if (section.mean_loudness_db === null || whole === null) return "Nothing sounds in this section.";
  const difference = section.mean_loudness_db - whole;
  const level =
    Math.abs(difference) < AUDIBLE_DB
      ? "about as loud as the recording as a whole"
      : `${plain(Math.abs(difference))} dB ${difference > 0 ? "louder" : "softer"} than the recording as a whole`;
  return `This section is ${level}, with ${plain(section.onsets_per_second)} note beginnings a second.`;
}
