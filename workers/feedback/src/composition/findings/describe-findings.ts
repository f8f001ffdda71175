import type { Finding, FindingKind } from "@crescendai/contracts";
import type { Telling } from "../register.ts";
import type { Span, Statement } from "../statement.ts";
import { listed, lowerFirst, span } from "../wording.ts";
import { describeFinding } from "./describe-finding.ts";

/** Of what goes well, what is told as a fault of the same thing. */
const FAULT_OF: { readonly [Kind in FindingKind]?: FindingKind } = {
  even_runs: "uneven_runs",
  chords_together: "chords_not_together",
  steady_pulse: "unsteady_pulse",
  melody_voiced: "melody_buried",
  clear_pedal: "pedal_blur",
  wide_dynamics: "narrow_dynamics",
};

/** Share of what goes well that a fault of the same thing may take up for the rest to be worth a word. */
const MOST_FAULTY = 0.5;
/** Most places that are taken out of what goes well: more would leave no whole. */
const MOST_EXCEPTIONS = 2;

/** Puts findings into words, in their order: what goes well only where it isn't told as a fault too. */
export function describeFindings(findings: readonly Finding[], telling: Telling): Statement[] {
  return findings.flatMap((finding) => {
    const statement = describeFinding(finding, telling);
    const faults = findings.filter(
      (other) => other.kind === FAULT_OF[finding.kind] && overlap(finding, other) > 0,
    );
    if (statement === null) return [];
    if (faults.length === 0) return [statement];
    const faulty = faults.reduce((sum, fault) => sum + overlap(finding, fault), 0);
    const confinable =
      faults.length <= MOST_EXCEPTIONS && faulty <= MOST_FAULTY * (finding.end - finding.start);
    return confinable ? [butFor(faults, statement)] : [];
  });
}

/** Seconds that two stretches have in common. */
function overlap(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
}

/** "But for 0:10–0:20, even running notes at 0:01–0:30." */
function butFor(faults: readonly Span[], statement: Statement): Statement {
  const places = `But for ${listed(faults.map(span))}`;
  const headline = `${places}, ${lowerFirst(statement.headline)}`;
  return {
    ...statement,
    headline,
    observation: `${places}, ${lowerFirst(statement.observation)}`,
    exercise: statement.exercise === null ? null : { ...statement.exercise, why: headline },
  };
}
