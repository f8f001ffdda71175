import { practiceTempo } from "../register.ts";
import { clock, figure, fromTo, span, upperFirst, whole } from "../wording.ts";
import { type Describer, tell } from "./tell.ts";

const TEMPO = "Tempo and pulse";
/** Share of the recording after which a slowing counts as a close rather than as a loss of tempo. */
const CLOSING_SHARE = 0.8;
/** Seconds practised before and after the place itself, so that it's met in the flow of the music. */
const RUN_UP = 4;

/** A change of tempo. */
export const describeDrift: Describer<"tempo_drift"> = (evidence, finding, telling) => {
  const change = evidence.tempo_change_percent;
  const faster = change > 0;
  const percent = figure(Math.abs(change));
  const before = whole(evidence.tempo_before_bpm);
  const after = whole(evidence.tempo_after_bpm);
  const at = span(finding);
  const closing = !faster && finding.start >= CLOSING_SHARE * telling.duration;
  const practised = {
    start: Math.max(0, finding.start - RUN_UP),
    end: Math.min(telling.duration, finding.end + RUN_UP),
  };
  const from = practiceTempo(evidence.tempo_before_bpm, telling);
  return tell(finding, telling, {
    topic: "timing",
    weight: closing ? "remark" : "area",
    category: TEMPO,
    measured: `${before} to ${after} BPM (${faster ? "+" : "−"}${percent} %)`,
    headline: {
      usual: `The tempo ${faster ? "runs away" : "sags"} at ${at} (${percent} %).`,
      simple: `You get ${faster ? "faster" : "slower"} at ${at}.`,
      terse: `${at}: ${faster ? "rushing" : "slowing"}, ${percent} %.`,
    },
    observation: {
      usual: `The beat gets ${percent} % ${faster ? "faster" : "slower"} ${fromTo(finding)}: ${before} BPM before, ${after} after.`,
      simple: `The beat gets ${faster ? "faster" : "slower"} ${fromTo(finding)}: it begins at about ${before} beats a minute and ends at about ${after}.`,
      terse: `${upperFirst(fromTo(finding))} ${before} to ${after} BPM.`,
    },
    advice: closing
      ? { usual: "This may be a closing ritardando: check that it begins where you mean it to." }
      : {
          usual: `If the score has no change of tempo here, hold the ${before} BPM that you come from${faster ? "; rushing often starts where the notes get easier or louder" : "; slowing often starts where the hands need time, so find the spot that costs it"}.`,
          simple: `If your music doesn't say so, stay at the beat that you come from. Counting aloud helps.`,
          terse: `Unless marked, hold ${before}.`,
        },
    exercise: closing
      ? null
      : {
          practised,
          focus: {
            usual: `Carry the tempo of ${clock(practised.start)} through to ${clock(practised.end)}.`,
            simple: `Keep the same beat from ${clock(practised.start)} to ${clock(practised.end)}.`,
          },
          instruction: {
            usual: `Play ${span(practised)} with the metronome at ${from}, counting the smallest note value aloud; in three steps up to ${before}; then with a click on every second beat only; last, without it.`,
            simple: `Tap the beat of ${span(practised)} on your knee while you count aloud. Then play it with the metronome at ${from}, then a little faster each time, up to ${before}.`,
            terse: `${span(practised)}: metronome ${from} to ${before}, then one click to two or four beats, then none.`,
          },
          minutes: 8,
          success: {
            usual: `in the next recording the tempo there changes by less than ${figure(Math.abs(change) / 2)} % (now ${percent})`,
            simple: `your next recording begins and ends this place at nearly the same beat (now ${before} and ${after})`,
          },
        },
  });
};

/** A steady pulse. */
export const describeSteady: Describer<"steady_pulse"> = (evidence, finding, telling) => {
  const tempo = whole(evidence.tempo_bpm);
  const deviation = figure(evidence.beat_deviation_percent);
  const quicker = whole(evidence.tempo_bpm * 1.06);
  return tell(finding, telling, {
    topic: "timing",
    weight: "strength",
    category: TEMPO,
    measured: `${deviation} % beat deviation at ${tempo} BPM`,
    headline: {
      usual: `A steady pulse at about ${tempo} BPM (${span(finding)}).`,
      simple: `You keep a steady beat (${span(finding)}).`,
      terse: `Steady pulse, ${tempo} BPM (${span(finding)}).`,
    },
    observation: {
      usual: `The pulse is steady: at ${tempo} BPM a beat differs from its neighbours by ${deviation} % typically.`,
      simple: `Your beat hardly changes: about ${tempo} a minute, all along.`,
      terse: `Beats within ${deviation} % of their neighbours at ${tempo} BPM.`,
    },
    advice: {
      usual: "This is a ground to shape phrases on: any freedom you take will be heard as meant.",
      simple: "Keep counting as you do now.",
      terse: "Any rubato will read as intended.",
    },
    exercise: {
      focus: { usual: `Keep this pulse at ${quicker} BPM.`, simple: `Keep this beat a little faster.` },
      instruction: {
        usual: `Play the piece once at ${tempo} BPM with the metronome on every fourth beat only, then at ${quicker}; stop where the click and you part, and mend that bar.`,
        simple: `Play once with the metronome at ${tempo}, then at ${quicker}. If it gets untidy, go back to ${tempo}.`,
        terse: `Once through with one click to four beats at ${tempo}, once at ${quicker}.`,
      },
      minutes: 5,
      success: {
        usual: `the faster take is as steady as this one (${deviation} % from beat to beat)`,
        simple: `the faster take feels as calm as this one`,
      },
    },
  });
};

/** An unsteady pulse. */
export const describeUnsteady: Describer<"unsteady_pulse"> = (evidence, finding, telling) => {
  const tempo = whole(evidence.tempo_bpm);
  const deviation = figure(evidence.beat_deviation_percent);
  const local = figure(evidence.local_deviation_percent);
  // Several pieces have no tempo in common to be told or practised.
  const isCommon = telling.intervals.length === 0;
  const from = isCommon ? `at ${practiceTempo(evidence.tempo_bpm, telling)}` : "slowly";
  const at = span(finding);
  return tell(finding, telling, {
    topic: "timing",
    weight: "area",
    category: TEMPO,
    measured: `${deviation} % beat deviation, ${local} % there`,
    headline: {
      usual: `The beat wavers most at ${at}.`,
      simple: `The beat isn't steady yet at ${at}.`,
      terse: `${at}: pulse unsteady, ${local} %.`,
    },
    observation: {
      usual: `The beats vary by ${deviation} %${isCommon ? ` around ${tempo} BPM` : ""}, most ${fromTo(finding)} (${local} %).`,
      simple: `Some beats come early and some late, most of all ${fromTo(finding)}.`,
      terse: `Beat deviation ${deviation} %${isCommon ? ` at ${tempo} BPM` : ""}, ${local} % at ${at}.`,
    },
    advice: {
      usual:
        "If this is rubato, let it breathe over whole phrases; if not, count the smaller note values through it.",
      simple: "Count aloud: “one and two and”. The “and” keeps long notes from growing too short.",
      terse: "If rubato, give it the length of a phrase.",
    },
    exercise: {
      focus: { usual: `One pulse through ${at}.`, simple: `Keep the beat through ${at}.` },
      instruction: {
        usual: `Conduct ${at} with one hand while you sing it; then play it with the metronome ${from}, clicking every beat, then every second beat only.`,
        simple: `Clap ${at} while you count aloud, then play it with the metronome ${from}.`,
        terse: `${at}: metronome ${from} on every second beat, then on off-beats.`,
      },
      minutes: 8,
      success: {
        usual: `the beats there vary by less than ${figure((evidence.local_deviation_percent * 2) / 3)} % in the next recording (now ${local})`,
        simple: `you can play it with the metronome without losing it, three times in a row`,
      },
    },
  });
};
