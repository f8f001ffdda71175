import type { Finding, FindingKind } from "@crescendai/contracts";
import type { Telling } from "../register.ts";
import type { Span, Statement } from "../statement.ts";
import type { Topic } from "../topic.ts";
import { listed, lowerFirst, span } from "../wording.ts";
import { describeFinding } from "./describe-finding.ts";
import { SHAPED_DB } from "./dynamics.ts";

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

/** What is read of the beat, which is followed through all of a recording as if it were one piece. */
const OF_THE_BEAT: readonly FindingKind[] = ["steady_pulse", "unsteady_pulse", "tempo_drift"];
/** Seconds beside a silence between two pieces in which the beat is read from both: five beats at 60 BPM. */
const BESIDE_INTERVAL = 5;

/** What can be said of any instrument's playing: an organ has no such pedal, a guitar no such touch. */
const OF_ANY_INSTRUMENT: readonly Topic[] = ["recording", "continuity", "timing", "evenness", "dynamics"];

/**
 * Puts findings into words, in their order: what goes well only where it isn't told as a fault too; of dynamics that hardly move
 * nothing that would say that they do, but for a plain rise or fall, which is taken out of them; no beat of two pieces; and of
 * another instrument nothing that only a piano has.
 */
export function describeFindings(findings: readonly Finding[], telling: Telling): Statement[] {
  const narrow = findings.some(({ kind }) => kind === "narrow_dynamics");
  const isOther = findings.some(({ kind }) => kind === "other_instrument");
  return findings.flatMap((finding) => {
    if (narrow && isSmallMovement(finding)) return [];
    if (OF_THE_BEAT.includes(finding.kind) && isOfTwoPieces(finding, telling)) return [];
    const statement = describeFinding(finding, telling);
    if (statement === null || (isOther && !OF_ANY_INSTRUMENT.includes(statement.topic))) return [];
    if (finding.kind === "narrow_dynamics") {
      const changes = findings.filter((other) => isRiseOrFall(other) && !isSmallMovement(other));
      return [changes.length === 0 ? statement : butFor(changes, statement)];
    }
    // One swell in what is else at one level is told, but isn't what shaping is praised for.
    if (narrow && isRiseOrFall(finding)) return [{ ...statement, weight: "remark" }];
    const faults = findings.filter(
      (other) => other.kind === FAULT_OF[finding.kind] && overlap(finding, other) > 0,
    );
    if (faults.length === 0) return [statement];
    const faulty = faults.reduce((sum, fault) => sum + overlap(finding, fault), 0);
    const confinable =
      faults.length <= MOST_EXCEPTIONS && faulty <= MOST_FAULTY * (finding.end - finding.start);
    return confinable ? [butFor(faults, statement)] : [];
  });
}

function isOfTwoPieces(finding: Span, { intervals }: Telling): boolean {
  return intervals.some(
    ({ start, end }) => finding.start < end + BESIDE_INTERVAL && start - BESIDE_INTERVAL < finding.end,
  );
}

function isRiseOrFall({ kind }: Finding): boolean {
  return kind === "crescendo" || kind === "diminuendo";
}

/** Whether it is a movement of loudness too small to be called one where all is about equally loud. */
function isSmallMovement(finding: Finding): boolean {
  if (finding.kind === "loudest_passage" || finding.kind === "softest_passage") return true;
  return isRiseOrFall(finding) && Math.abs(finding.evidence["change_db"] ?? 0) < SHAPED_DB;
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
