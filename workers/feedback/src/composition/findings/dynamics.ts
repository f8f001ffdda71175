import type { Finding } from "@crescendai/contracts";
import type { Evidence } from "../evidence.ts";
import type { Telling, Wordings } from "../register.ts";
import type { Statement } from "../statement.ts";
import { clock, figure, fromTo, span, upperFirst } from "../wording.ts";
import { type Describer, type Told, tell } from "./tell.ts";

const DYNAMICS = "Dynamics";
/** Least change in dB and length in seconds of a rise or fall that is called shaped: plain to any listener. */
export const SHAPED_DB = 5;
const SHAPED_SECONDS = 3;
/** How much more, in dB and in seconds, the next recording should show of a change that isn't shaped yet: it can be measured. */
const MORE_DB = 1;
const MORE_SECONDS = 0.5;
/** dB between loudest and softest passage from which contrast is called a strength: about two dynamic marks. */
const STRONG_CONTRAST_DB = 8;

type Size = "clear" | "quick" | "slight";

/** The size of a change in simple words, as an adverb: the music gets clearly louder. */
const SIMPLE_SIZES: { readonly [Name in Size]: string } = {
  clear: "clearly",
  quick: "quickly",
  slight: "a little",
};

/** A crescendo or diminuendo. */
export function describeChange(
  { change_db }: Evidence<"crescendo">,
  finding: Finding,
  telling: Telling,
): Statement {
  const word = finding.kind === "crescendo" ? "crescendo" : "diminuendo";
  const louder = word === "crescendo" ? "louder" : "softer";
  const change = figure(Math.abs(change_db));
  const length = figure(finding.end - finding.start);
  const size = sizeOf(change_db, finding);
  const plainly = SIMPLE_SIZES[size];
  const at = span(finding);
  const from = fromTo(finding);
  return tell(finding, telling, {
    topic: "dynamics",
    weight: size === "clear" ? "strength" : "remark",
    category: DYNAMICS,
    measured: `${change_db < 0 ? "−" : "+"}${change} dB over ${length} s`,
    headline: {
      usual: `A ${size} ${word} at ${at}.`,
      simple: `You get ${plainly} ${louder} at ${at}.`,
    },
    observation: {
      usual: `A ${size} ${word} ${from}: ${change} dB over ${length} s.`,
      simple: `The music gets ${plainly} ${louder} ${from}.`,
      terse: `${upperFirst(word)} ${from}: ${change} dB.`,
    },
    advice: ADVICE[size](word, at),
    exercise: size === "clear" ? null : exerciseOf(size, word, at, { change_db, finding }),
  });
}

function sizeOf(change_db: number, { start, end }: Finding): Size {
  if (Math.abs(change_db) < SHAPED_DB) return "slight";
  return end - start < SHAPED_SECONDS ? "quick" : "clear";
}

type Change = "crescendo" | "diminuendo";

const ADVICE: { readonly [Name in Size]: (word: Change, at: string) => Wordings } = {
  clear: (word, at) => ({
    usual: `If the score asks for a ${word} at ${at}, keep it, and let it last to its final note.`,
    simple: `If your music has a ${word} sign at ${at}, that's just right.`,
    terse: `At ${at}, let it last to its final note.`,
  }),
  quick: (word, at) => ({
    usual: `If the score has a sudden ${suddenOf(word)} at ${at}, it is plain; if it has a ${word}, spread it over all its notes; if neither, listen whether it was meant.`,
    simple: `Does your music have a ${word} sign at ${at}? Then do it more slowly, a little with each note. If it changes to ${suddenOf(word)} all at once, that's just right.`,
    terse: `${at}: right as a sudden ${suddenOf(word)}; spread it if a ${word} is marked; check it if neither.`,
  }),
  slight: (word, at) => ({
    usual: `If the score asks for a ${word} at ${at}, it may be bolder; if it doesn't, listen whether it was meant.`,
    simple: `Does your music have a ${word} sign at ${at}? Then do more of it.`,
    terse: `${at}: bolder if marked; even if not.`,
  }),
};

/** The level that a sudden change leads to. */
function suddenOf(word: Change): string {
  return word === "crescendo" ? "forte" : "piano";
}

/** What is to be done about a change that is too small or too short to be called shaped, if the score has one. */
function exerciseOf(
  size: Exclude<Size, "clear">,
  word: Change,
  at: string,
  { change_db, finding }: { readonly change_db: number; readonly finding: Finding },
): Told["exercise"] {
  const [from, start, end] = word === "crescendo" ? ["softer", "soft", "loud"] : ["louder", "loud", "soft"];
  const spread = size === "quick";
  const seconds = finding.end - finding.start;
  const decibels = Math.abs(change_db);
  return {
    focus: { usual: `Decide on ${at}: a real ${word}, or none.` },
    instruction: {
      usual: spread
        ? `Find ${at} in the score. If it has a sudden ${suddenOf(word)}, keep it as it is. If it has a ${word}, play it three times with a small step on every note or chord, only half-way when half of them are played; if it has neither, three times at one level.`
        : `Find ${at} in the score. If it has a ${word}, play it three times with the first note and the last clearly apart in loudness, beginning ${from} than feels right; if it has none, three times at one level.`,
      simple: spread
        ? `Look up ${at} in your music. If there's a ${word}, change a little with each note, from ${start} to ${end}. If it changes all at once, that's right. If there's neither, stay the same.`
        : `Look up ${at} in your music. If there's a ${word}, begin much ${from} than you want to end. If there's none, stay the same.`,
      terse: spread
        ? `${at}: keep it if a sudden ${suddenOf(word)} is marked; spread it note by note if a ${word} is; else level it.`
        : `${at}: exaggerate the ${word} if marked, then refine; level it if not.`,
    },
    minutes: 5,
    success: {
      usual: spread
        ? `the ${word} takes ${figure(Math.max(SHAPED_SECONDS, seconds + MORE_SECONDS))} s or more in the next recording where a long one is written (now ${figure(seconds)}), and is gone where no change is`
        : `the next recording shows ${figure(Math.max(SHAPED_DB, decibels + MORE_DB))} dB or more where a ${word} is written (now ${figure(decibels)}), and no change where none is`,
      simple: `a listener can tell you where it begins`,
    },
  };
}

/** The loudest or the softest passage. */
export function describeExtreme(
  { contrast_db }: Evidence<"loudest_passage">,
  finding: Finding,
  telling: Telling,
): Statement {
  const loudest = finding.kind === "loudest_passage";
  const strong = contrast_db >= STRONG_CONTRAST_DB;
  const contrast = figure(contrast_db);
  const at = span(finding);
  return tell(finding, telling, {
    topic: "dynamics",
    // The contrast is one strength, so only one of the two passages names it.
    weight: strong && loudest ? "strength" : "remark",
    category: DYNAMICS,
    measured: `${contrast} dB between the loudest and the softest passage`,
    headline: {
      usual: loudest
        ? `A climax that stands out: ${at} is the loudest passage, ${contrast} dB above the softest.`
        : `The softest passage is ${at}.`,
      simple: loudest ? `You play ${at} much louder than your softest place.` : `You play softest at ${at}.`,
    },
    observation: {
      usual: `The ${loudest ? "loudest" : "softest"} passage is ${at}, ${contrast} dB ${loudest ? "above the softest" : "below the loudest"}.`,
      simple: `${at} is your ${loudest ? "loudest" : "softest"} place.`,
    },
    advice: {
      usual: `Check that the music wants its ${loudest ? "climax" : "quietest moment"} at ${at}.`,
      simple: `Look at your music: should ${at} be the ${loudest ? "loudest" : "softest"}?`,
    },
    exercise: null,
  });
}

/** A small dynamic range. */
export const describeNarrow: Describer<"narrow_dynamics"> = ({ dynamic_range_db }, finding, telling) => {
  const range = figure(dynamic_range_db);
  return tell(finding, telling, {
    topic: "dynamics",
    weight: "area",
    category: DYNAMICS,
    measured: `loudness moves over ${range} dB from bar to bar`,
    headline: {
      usual: `Little difference between loud and soft (${range} dB).`,
      simple: "Loud and soft are nearly the same.",
      terse: `Dynamics within ${range} dB.`,
    },
    observation: {
      usual: `From bar to bar loudness stays within ${range} dB, from ${clock(finding.start)} to ${clock(finding.end)}.`,
      simple: `From ${clock(finding.start)} to ${clock(finding.end)} everything is about equally loud.`,
    },
    advice: {
      usual:
        "Choose the loudest and the softest place of the piece, and let everything else lie between the two. If you played with levels far apart, the recorder may have evened them out: switch its automatic level off.",
      simple: "Choose one place to be the loudest and one to be the softest.",
      terse: "Plan the levels from the climax backwards. Rule out automatic gain.",
    },
    exercise: {
      focus: { usual: "Widen the distance between soft and loud." },
      instruction: {
        usual:
          "Play the first phrase as softly as every note still speaks, then as fully as the tone stays round, then from one to the other in one breath; use those two levels as the outer limits of the piece.",
        simple:
          "Play the first line as softly as you can so that every note still sounds. Then play it big and round. Then start softly and end big.",
        terse: "First phrase at both limits of the instrument, then plan all levels between them.",
      },
      minutes: 6,
      success: {
        usual: `in the next recording, from the same place in the room, loudness moves over at least ${figure(dynamic_range_db + 3)} dB (now ${range})`,
        simple: `a listener with closed eyes can tell the soft place from the loud one`,
      },
    },
  });
};

/** A large dynamic range. */
export const describeWide: Describer<"wide_dynamics"> = ({ dynamic_range_db }, finding, telling) => {
  const range = figure(dynamic_range_db);
  return tell(finding, telling, {
    topic: "dynamics",
    weight: "strength",
    category: DYNAMICS,
    measured: `loudness moves over ${range} dB from bar to bar`,
    headline: {
      usual: `Soft and loud lie far apart (${range} dB).`,
      simple: "Your loud and your soft are far apart: good to hear.",
    },
    observation: {
      usual: `Between the soft and the loud bars lie ${range} dB: a wide range.`,
      simple: "There's a big difference between your soft and your loud places.",
    },
    advice: {
      usual: "Keep the soft end speaking: every note of the softest passage should still sound.",
      simple: "Listen that every soft note still sounds.",
    },
    exercise: {
      focus: { usual: "Find a third level between your soft and your loud." },
      instruction: {
        usual:
          "Play one phrase at three levels that a listener could name: your soft, your loud, and one exactly between; then decide for each phrase of the piece which it is.",
        simple: "Play one line soft, then middle, then loud. Listen that the middle is really in the middle.",
        terse: "One phrase at five distinct levels; then assign them through the piece.",
      },
      minutes: 5,
      success: {
        usual: `somebody who listens can name the level each time, and they still lie about ${range} dB apart at the ends`,
        simple: "somebody who listens can guess which one you play",
      },
    },
  });
};
