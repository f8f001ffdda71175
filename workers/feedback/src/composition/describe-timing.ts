import type { Finding } from "@crescendai/contracts";
import type { Statement } from "./statement.ts";
import { clock, clockSpan, plain } from "./wording.ts";

const SKILL_AREA = "Tempo and pulse";
/** Share of the recording after which a slowing counts as a close rather than as a loss of tempo. */
const CLOSING_SHARE = 0.8;
/** Share of the tempo at which a passage is practised first: slow enough to listen, fast enough to keep its shape. */
const PRACTICE_SHARE = 0.8;

/** A change of tempo in words. */
export function describeDrift(finding: Finding, duration: number): Statement {
  const change = finding.evidence.tempo_change_percent ?? 0;
  const before = finding.evidence.tempo_before_bpm ?? 0;
  const after = finding.evidence.tempo_after_bpm ?? 0;
  const closing = change < 0 && finding.start >= CLOSING_SHARE * duration;
  const from = Math.round(before * PRACTICE_SHARE);
  const direction = change > 0 ? "faster" : "slower";
  return {
    finding,
    topic: "timing",
    weight: closing ? "remark" : "area",
    category: SKILL_AREA,
    observation: `The beat gets ${plain(Math.abs(change))} % ${direction} between ${clock(finding.start)} and ${clock(finding.end)}: from ${plain(before)} to ${plain(after)} BPM.`,
    advice: closing
      ? "This may be a closing ritardando: check that it begins where you mean it to."
      : `If the score has no change of tempo here, hold the ${plain(before)} BPM of the beginning.`,
    measured: `${plain(before)} to ${plain(after)} BPM (${change > 0 ? "+" : ""}${plain(change)} %)`,
    exercise: closing
      ? null
      : {
          topic: "timing",
          skillArea: SKILL_AREA,
          instruction: `Play ${clockSpan(Math.max(0, finding.start - 4), finding.end + 4)} with a metronome at ${from} BPM, then in steps of 4 BPM up to ${Math.round(before)}; last, without it.`,
          minutes: 10,
          success: `without the metronome the tempo there changes by less than half of ${plain(Math.abs(change))} %`,
        },
  };
}

/** A steady pulse in words. */
export function describeSteady(finding: Finding): Statement {
  const tempo = finding.evidence.tempo_bpm ?? 0;
  const deviation = finding.evidence.beat_deviation_percent ?? 0;
  return {
    finding,
    topic: "timing",
    weight: "strength",
    category: SKILL_AREA,
    observation: `A steady pulse at ${plain(tempo)} BPM: beats depart from their neighbours by ${plain(deviation)} % typically.`,
    advice: "This steadiness is a ground to shape phrases on: any freedom you take will be heard as meant.",
    measured: `${plain(deviation)} % beat deviation at ${plain(tempo)} BPM`,
    exercise: null,
  };
}

/** An unsteady pulse in words. */
export function describeUnsteady(finding: Finding): Statement {
  const tempo = finding.evidence.tempo_bpm ?? 0;
  const deviation = finding.evidence.beat_deviation_percent ?? 0;
  const local = finding.evidence.local_deviation_percent ?? deviation;
  const from = Math.round(tempo * PRACTICE_SHARE);
  return {
    finding,
    topic: "timing",
    weight: "area",
    category: SKILL_AREA,
    observation: `The beats vary by ${plain(deviation)} % around ${plain(tempo)} BPM, most from ${clock(finding.start)} to ${clock(finding.end)} (${plain(local)} %).`,
    advice:
      "If this is rubato, let it breathe over whole phrases; if not, count the smaller note values through it.",
    measured: `${plain(deviation)} % beat deviation`,
    exercise: {
      topic: "timing",
      skillArea: SKILL_AREA,
      instruction: `Play ${clockSpan(finding.start, finding.end)} with a metronome at ${from} BPM, clicking every beat, then every second beat only.`,
      minutes: 10,
      success: `the beats of the next recording vary by clearly less than ${plain(deviation)} %`,
    },
  };
}

/** A pause in words. */
export function describePause(finding: Finding): Statement {
  const length = finding.evidence.pause_seconds ?? finding.end - finding.start;
  return {
    finding,
    topic: "flow",
    weight: "area",
    category: "Continuity",
    observation: `A pause of ${plain(length)} s: nothing sounds from ${clock(finding.start)} to ${clock(finding.end)}.`,
    advice:
      "If the score has no rest this long here, practise the join: the last notes before it and the first after.",
    measured: `${plain(length)} s of silence`,
    exercise: {
      topic: "flow",
      skillArea: "Continuity",
      instruction: `If the silence at ${clock(finding.start)} isn't written, begin a bar before it and end a bar after it, five times slowly, with no stop between.`,
      minutes: 5,
      success: `the next recording has no silence longer than written at that place`,
    },
  };
}
