import { slowly, type Telling } from "../register.ts";
import type { Span } from "../statement.ts";
import { clock, figure, fromTo, span } from "../wording.ts";
import { type Describer, type Told, tell } from "./tell.ts";

const CONTINUITY = "Continuity";
/** Seconds of run-up to a place where the music stopped: enough to arrive there in the flow. */
const RUN_UP = 5;

/** A pause: a stop in the music, or the silence between two pieces. */
export const describePause: Describer<"pause"> = (evidence, finding, telling) =>
  telling.intervals.some(({ start, end }) => start < finding.end && finding.start < end)
    ? describeInterval(evidence, finding, telling)
    : describeStop(evidence, finding, telling);

const describeInterval: Describer<"pause"> = (evidence, finding, telling) => {
  const length = figure(evidence.pause_seconds);
  const at = clock(finding.start);
  const practised = withRunUp(finding, telling);
  return tell(finding, telling, {
    topic: "continuity",
    weight: "remark",
    category: CONTINUITY,
    measured: `${length} s of silence`,
    headline: {
      usual: `Silence of ${length} s at ${at}, as between two pieces.`,
      simple: `It is silent at ${at}, as between two pieces.`,
      terse: `${at}: ${length} s of silence, as between pieces.`,
    },
    observation: {
      usual: `A silence of ${length} s: nothing sounds ${fromTo(finding)}.`,
      terse: `Silence of ${length} s ${fromTo(finding)}.`,
    },
    advice: {
      usual: `If one piece or movement ends at ${at} and another begins, all is well; if you stopped there, practise the join, the last notes before it and the first after.`,
      simple: `If one piece ends at ${at} and another begins, all is well. If you stopped, practise just the step across.`,
      terse: "Between pieces, all is well; else practise the join.",
    },
    exercise: {
      practised,
      focus: {
        usual: `Decide on ${at}: the end of a piece, or a place to play across.`,
        simple: `Did you stop at ${at}, or did a piece end there?`,
      },
      instruction: {
        usual: `If a piece ends at ${at}, there is nothing to do here. If you stopped, play ${span(practised)} up to the silence, place the hands on the next keys without sounding them, then play on: five times ${slowly(telling)}, then across it in one go.`,
        simple: `If you stopped at ${at}: play up to there, find the next keys without playing them, and play on. Do this five times, then go across without a stop.`,
        terse: `${span(practised)}, unless a piece ends there: stop, prepare the next position, go on, five times; then across.`,
      },
      minutes: 5,
      success: {
        usual: `a recording of one piece passes ${at} without the silence`,
        simple: `you come past ${at} three times in a row without stopping, if it is one piece`,
      },
    },
  });
};

const describeStop: Describer<"pause"> = (evidence, finding, telling) => {
  const length = figure(evidence.pause_seconds);
  const at = clock(finding.start);
  return tell(finding, telling, {
    topic: "continuity",
    weight: "area",
    category: CONTINUITY,
    measured: `${length} s of silence`,
    headline: {
      usual: `A gap of ${length} s at ${at}, unless a rest is written there.`,
      simple: `The music stops at ${at}.`,
      terse: `${at}: ${length} s gap (if unwritten).`,
    },
    observation: {
      usual: `A pause of ${length} s: nothing sounds ${fromTo(finding)}.`,
      terse: `Pause of ${length} s ${fromTo(finding)}.`,
    },
    advice: {
      usual:
        "If the score has no rest this long here, practise the join: the last notes before it and the first after.",
      simple: "If your music has no rest here, practise just the step across: the notes before and after it.",
      terse: "Unless written, practise the join.",
    },
    exercise: crossing(at, evidence.pause_seconds, "silence", telling),
  });
};

/** A stop in which a key or the pedal holds the sound. */
export const describeHold: Describer<"hold"> = (evidence, finding, telling) => {
  const length = figure(evidence.hold_seconds);
  const at = clock(finding.start);
  return tell(finding, telling, {
    topic: "continuity",
    weight: "area",
    category: CONTINUITY,
    measured: `${length} s without a new note`,
    headline: {
      usual: `The music stands still for ${length} s at ${at}, unless a hold is written there.`,
      simple: `The music stands still at ${at}.`,
      terse: `${at}: ${length} s hold (if unwritten).`,
    },
    observation: {
      usual: `A hold of ${length} s: the sound goes on, but no new note begins ${fromTo(finding)}, for at least twice as long as anywhere near.`,
      terse: `Hold of ${length} s ${fromTo(finding)}; nothing near is half as long.`,
    },
    advice: {
      usual:
        "If the score has no long note or hold here, practise the join: the last notes before it and the first after.",
      simple:
        "If your music has no long note here, practise just the step across: the notes before and after it.",
      terse: "Unless written, practise the join.",
    },
    exercise: crossing(at, evidence.hold_seconds, "hold", telling),
  });
};

/** What carries across a stop of so many seconds. */
function crossing(at: string, seconds: number, what: "silence" | "hold", telling: Telling): Told["exercise"] {
  return {
    focus: {
      usual: `Cross ${at} in time, unless the ${what} is written.`,
      simple: `Play on at ${at} without stopping.`,
    },
    instruction: {
      usual: `At ${at}, stop on purpose one beat early: look at the next position, place the hand on its keys without sounding them, then play on. Five times ${slowly(telling)}, then without the stop, from a bar before to a bar after.`,
      simple: `Play up to ${at} and stop. Find the next keys with your fingers, without playing them. Then play on. Do this five times, then once without stopping.`,
      terse: `${at}: stop and prepare, then bar before to bar after in tempo, five times.`,
    },
    minutes: 5,
    success: {
      usual: `the next recording has no ${what} over ${figure(seconds / 2)} s there that isn't written`,
      simple: `you get across it three times in a row without stopping`,
    },
  };
}

function withRunUp({ start, end }: Span, { duration }: Telling): Span {
  return { start: Math.max(0, start - RUN_UP), end: Math.min(duration, end + RUN_UP) };
}

/** A place where what had just been played was begun again. */
export const describeRestart: Describer<"restart"> = (evidence, finding, telling) => {
  const notes = Math.round(evidence.repeated_notes);
  const lost = figure(evidence.lost_seconds);
  const at = clock(finding.end);
  const from = clock(finding.start);
  const practised = withRunUp(finding, telling);
  const around = span(practised);
  return tell(finding, telling, {
    topic: "continuity",
    weight: "area",
    category: CONTINUITY,
    measured: `${notes} notes or chords played again, ${lost} s lost`,
    headline: {
      usual: `A restart at ${at}.`,
      simple: `You go back and begin again at ${at}.`,
      terse: `${at}: restart.`,
    },
    observation: {
      usual: `Before ${at} you break off and begin again with what you had played at ${from}: about ${notes} notes or chords come twice, and ${lost} s are lost.`,
      simple: `Before ${at} you stop, go back to what you had played at ${from}, and try again.`,
      terse: `Broken off before ${at}; ${notes} notes or chords from ${from} repeated, ${lost} s lost.`,
    },
    advice: {
      usual: "In a run-through, let a slip go and play on: the pulse matters more than the one note.",
      simple: "If a note goes wrong, keep going. Come back to it afterwards, on its own.",
      terse: "Don't correct in performance; isolate it afterwards.",
    },
    exercise: {
      practised,
      focus: { usual: `Play through ${at} without going back.` },
      instruction: {
        usual: `Take ${around} apart ${slowly(telling)}: hands separately, then together, until it goes three times in a row without a correction. Then begin ten seconds earlier and play through, whatever happens.`,
        simple: `Play ${around} ${slowly(telling)}, each hand alone, then both. When it goes three times in a row, start a little earlier and don't stop, whatever happens.`,
        terse: `${around}: isolate, three clean repetitions ${slowly(telling)}, then enter from ten seconds before without correcting.`,
      },
      minutes: 8,
      success: {
        usual: `the next recording passes ${at} without a restart`,
        simple: `you pass this place in your next recording without going back`,
      },
    },
  });
};
