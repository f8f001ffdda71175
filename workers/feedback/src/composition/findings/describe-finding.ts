import type { Finding, FindingKind } from "@crescendai/contracts";
import { evidenceOf } from "../evidence.ts";
import type { Telling } from "../register.ts";
import type { Span, Statement } from "../statement.ts";
import { listed, lowerFirst, span } from "../wording.ts";
import { describeBuried, describeVoiced } from "./balance.ts";
import { describePause, describeRestart } from "./continuity.ts";
import { describeChange, describeExtreme, describeNarrow, describeWide } from "./dynamics.ts";
import {
  describeClipping,
  describeDamaged,
  describeDistant,
  describeHum,
  describeNoise,
  describeOtherInstrument,
  describeSilence,
  describeSpeech,
  describeSteadyTone,
  describeTalk,
  describeTooQuiet,
  describeUnlikePiano,
} from "./recording.ts";
import {
  describeChordsApart,
  describeChordsTogether,
  describeEvenRuns,
  describeUnevenRuns,
} from "./runs-and-chords.ts";
import type { Describer } from "./tell.ts";
import { describeDrift, describeSteady, describeUnsteady } from "./timing.ts";
import { describeBlur, describeClearPedal, describeDetached, describeOverlapped } from "./touch-and-pedal.ts";

type DescribeAny = (finding: Finding, telling: Telling) => Statement | null;

function withEvidence<Kind extends FindingKind>(kind: Kind, describe: Describer<Kind>): DescribeAny {
  return (finding, telling) => {
    const evidence = evidenceOf(kind, finding);
    return evidence === null ? null : describe(evidence, finding, telling);
  };
}

const DESCRIBERS: Readonly<Record<FindingKind, DescribeAny>> = {
  silence: withEvidence("silence", describeSilence),
  steady_tone: withEvidence("steady_tone", describeSteadyTone),
  noise: withEvidence("noise", describeNoise),
  speech: withEvidence("speech", describeSpeech),
  other_instrument: withEvidence("other_instrument", describeOtherInstrument),
  unlike_piano: withEvidence("unlike_piano", describeUnlikePiano),
  clipping: withEvidence("clipping", describeClipping),
  too_quiet: withEvidence("too_quiet", describeTooQuiet),
  hum: withEvidence("hum", describeHum),
  distant: withEvidence("distant", describeDistant),
  damaged: withEvidence("damaged", describeDamaged),
  talk: withEvidence("talk", describeTalk),
  crescendo: withEvidence("crescendo", describeChange),
  diminuendo: withEvidence("diminuendo", describeChange),
  loudest_passage: withEvidence("loudest_passage", describeExtreme),
  softest_passage: withEvidence("softest_passage", describeExtreme),
  narrow_dynamics: withEvidence("narrow_dynamics", describeNarrow),
  wide_dynamics: withEvidence("wide_dynamics", describeWide),
  melody_voiced: withEvidence("melody_voiced", describeVoiced),
  melody_buried: withEvidence("melody_buried", describeBuried),
  pause: withEvidence("pause", describePause),
  restart: withEvidence("restart", describeRestart),
  tempo_drift: withEvidence("tempo_drift", describeDrift),
  steady_pulse: withEvidence("steady_pulse", describeSteady),
  unsteady_pulse: withEvidence("unsteady_pulse", describeUnsteady),
  even_runs: withEvidence("even_runs", describeEvenRuns),
  uneven_runs: withEvidence("uneven_runs", describeUnevenRuns),
  chords_together: withEvidence("chords_together", describeChordsTogether),
  chords_not_together: withEvidence("chords_not_together", describeChordsApart),
  detached_passage: withEvidence("detached_passage", describeDetached),
  overlapped_passage: withEvidence("overlapped_passage", describeOverlapped),
  pedal_blur: withEvidence("pedal_blur", describeBlur),
  clear_pedal: withEvidence("clear_pedal", describeClearPedal),
};

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

/** Puts one finding into words; null where its evidence is missing, for then there is nothing true to say. */
export function describeFinding(finding: Finding, telling: Telling): Statement | null {
  return DESCRIBERS[finding.kind](finding, telling);
}
