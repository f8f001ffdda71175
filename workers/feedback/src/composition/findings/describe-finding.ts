import type { Finding, FindingKind } from "@crescendai/contracts";
import { evidenceOf } from "../evidence.ts";
import type { Telling } from "../register.ts";
import type { Statement } from "../statement.ts";
import { describeBuried, describeVoiced } from "./balance.ts";
import { describeHold, describePause, describeRestart } from "./continuity.ts";
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
  hold: withEvidence("hold", describeHold),
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

/** Puts one finding into words; null where its evidence is missing, for then there is nothing true to say. */
export function describeFinding(finding: Finding, telling: Telling): Statement | null {
  return DESCRIBERS[finding.kind](finding, telling);
}
