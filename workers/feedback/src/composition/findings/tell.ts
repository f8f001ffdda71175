import type { Finding, FindingKind } from "@crescendai/contracts";
import type { Evidence } from "../evidence.ts";
import { say, type Telling, type Wordings } from "../register.ts";
import type { Reason, Span, Statement } from "../statement.ts";
import { span } from "../wording.ts";

/** Puts one kind of finding into words; says nothing that its evidence doesn't hold. */
export type Describer<Kind extends FindingKind> = (
  evidence: Evidence<Kind>,
  finding: Finding,
  telling: Telling,
) => Statement;

/** What is said of one kind of finding, for every register; `exercise` is null where nothing is to be practised. */
export interface Told extends Pick<Statement, "topic" | "weight" | "category" | "measured"> {
  readonly headline: Wordings;
  readonly observation: Wordings;
  readonly advice: Wordings;
  readonly exercise: {
    /** What is practised, where it's more than the finding's own span. */
    readonly practised?: Span;
    readonly focus: Wordings;
    readonly instruction: Wordings;
    readonly minutes: number;
    readonly success: Wordings;
  } | null;
}

const REASONS: { readonly [Weight in Statement["weight"]]: Reason } = {
  strength: "keep",
  area: "heard",
  remark: "ask",
};

/** A finding in the words for this player. */
export function tell(finding: Finding, { register }: Telling, told: Told): Statement {
  const { topic, weight, category, measured, exercise } = told;
  const headline = say(told.headline, register);
  return {
    finding,
    dimension: finding.dimension,
    topic,
    weight,
    category,
    measured,
    headline,
    observation: say(told.observation, register),
    advice: say(told.advice, register),
    exercise:
      exercise === null
        ? null
        : {
            topic,
            reason: REASONS[weight],
            skillArea: category,
            why: headline,
            place: span(exercise.practised ?? finding),
            focus: say(exercise.focus, register),
            instruction: say(exercise.instruction, register),
            minutes: exercise.minutes,
            success: say(exercise.success, register),
          },
  };
}
