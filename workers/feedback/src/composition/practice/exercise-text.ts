import type { Source } from "../../library/choose-sources.ts";
import type { Cite } from "../../library/citations.ts";
import { inQuotationMarks } from "../../library/quotation.ts";
import type { Exercise, Proposal } from "../statement.ts";
import { upperFirst } from "../wording.ts";
import type { LongTermGoal } from "./long-term.ts";

/** What marks a recommendation that no document of the library stands behind. */
const OUR_OWN = "(Our own suggestion.)";

/** Says of a text that it is our own, if no source gives what to do. */
export function markOwn(text: string, source: Source | undefined): string {
  return (source?.practice ?? null) === null ? `${text} ${OUR_OWN}` : text;
}

/**
 * What to do, where and for how long: as the library has it, in its own words and with its source, beside what was heard
 * where; or else our own instruction.
 */
export function taskText(proposal: Proposal, source: Source | undefined, cite: Cite): string {
  const { instruction, place, minutes, further } = proposal;
  const practice = source?.practice ?? null;
  const remark = source?.remark ?? null;
  const parts = [
    practice === null
      ? instruction
      : `For ${place}${measuredText(proposal)}: ${inQuotationMarks(practice)} ${cite(practice)}`,
    further,
    remark === null ? "" : `On ${remark.on}: ${inQuotationMarks(remark.quotation)} ${cite(remark.quotation)}`,
    // What is quoted may name the minutes of its parts.
    practice === null ? `${minutes} min.` : `${minutes} min in all.`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** " (measured: 132 to 151 BPM, +14 %)", or nothing. */
function measuredText({ measured }: Proposal): string {
  return measured === null ? "" : ` (measured: ${measured.replace(/ \(([^)]*)\)/u, ", $1")})`;
}

/** An exercise as one text: what to do, for how long, and how the player will know. */
export function exerciseText(proposal: Proposal, source: Source | undefined, cite: Cite): string {
  return markOwn(`${taskText(proposal, source, cite)} It works when ${proposal.success}.`, source);
}

/** What to do about something over months: as the library has it, or our own suggestion. */
export function approachText(
  { towards, development, standing }: LongTermGoal,
  source: Source | undefined,
  cite: Cite,
): string {
  const practice = source?.practice ?? null;
  const what = practice === null ? development : `${inQuotationMarks(practice)} ${cite(practice)}`;
  return markOwn(`${towards}${what}${standing === "" ? "" : ` ${standing}`}`, source);
}

/** The sign of success as a sentence. */
export function outcomeText({ success }: Exercise): string {
  return `${upperFirst(success)}.`;
}

/** What an exercise trains, and, where it isn't about a fault, that it isn't. */
export function skillLabel({ reason, skillArea }: Exercise): string {
  switch (reason) {
    case "keep":
      return `To keep and extend: ${skillArea}`;
    case "lowest":
      return `To develop: ${skillArea}`;
    case "goal":
      return `Your goal: ${skillArea}`;
    default:
      return skillArea;
  }
}
