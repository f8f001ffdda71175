import { slowly } from "../register.ts";
import { figure, span } from "../wording.ts";
import { type Describer, tell } from "./tell.ts";

const BALANCE = "Melody and accompaniment";
/** dB by which a melody is struck harder in the middle of advanced performances (1.6 to 5.4, quartiles of PercePiano). */
const LEADING_DB = 3;
/** dB by which a piano's top voice may seem weaker or stronger than it is struck: the 80 % interval of what pianos add. */
const OWN_BALANCE_DB = 3;

/** How much of a lead below 0 an instrument may be the reason of. */
function ownShare(above: number): string {
  return -above <= OWN_BALANCE_DB ? "all" : `${OWN_BALANCE_DB} dB`;
}

/** A melody that is lost in what accompanies it. */
export const describeBuried: Describer<"melody_buried"> = (evidence, finding, telling) => {
  const above = evidence.melody_over_accompaniment_db;
  const at = span(finding);
  const amount = figure(Math.abs(above));
  const standing =
    above >= 0
      ? `only about ${amount} dB more strongly than what is below it`
      : `about ${amount} dB more softly than what is below it; a piano's own balance may account for ${ownShare(above)} of it`;
  return tell(finding, telling, {
    topic: "balance",
    weight: "area",
    category: BALANCE,
    measured: `top voice ${figure(above)} dB over the rest`,
    headline: {
      usual: `The top voice is hard to hear at ${at}.`,
      simple: `The tune is hard to hear at ${at}.`,
      terse: `${at}: top voice covered.`,
    },
    observation: {
      usual: `At ${at} the top voice is played ${standing}.`,
      simple: `At ${at} the other notes are played as strongly as the tune, or more so.`,
    },
    advice: {
      usual:
        "If the melody is on top here, let it lead by playing everything else softer, rather than by forcing it.",
      simple: "Don't bang the tune: make everything else softer.",
      terse: "If it carries the line, take the rest down instead of pushing it.",
    },
    exercise: {
      focus: { usual: `Let the top voice lead at ${at}.`, simple: `Let the tune sing at ${at}.` },
      instruction: {
        usual: `At ${at}: sing the melody alone while you play it; then play it and only touch the keys of the accompaniment, without sounding them (ghosting); then both, the accompaniment one level softer than seems right.`,
        simple: `Sing the tune of ${at}. Play only the tune. Then play the tune loud and let the other notes only whisper.`,
        terse: `${at}: melody alone, accompaniment ghosted, then both, exaggerated ${slowly(telling)}.`,
      },
      minutes: 7,
      success: {
        usual: `the top voice is at least ${LEADING_DB} dB above the rest there in the next recording (now ${figure(above)})`,
        simple: "somebody who listens can sing the tune after you",
      },
    },
  });
};

/** A melody that leads. */
export const describeVoiced: Describer<"melody_voiced"> = (evidence, finding, telling) => {
  const above = figure(evidence.melody_over_accompaniment_db);
  const at = span(finding);
  return tell(finding, telling, {
    topic: "balance",
    weight: "strength",
    category: BALANCE,
    measured: `top voice ${above} dB over the rest`,
    headline: {
      usual: `The top voice leads at ${at}.`,
      simple: `The tune sings out at ${at}.`,
      terse: `${at}: top voice well above the rest.`,
    },
    observation: {
      usual: `At ${at} the top voice is played about ${above} dB more strongly than what is below it, and so is easily followed.`,
      simple: `At ${at} your tune is clearly louder than the other notes.`,
      terse: `Top voice ${above} dB over the rest at ${at}.`,
    },
    advice: {
      usual: "Let the bass be the second voice to be heard; the middle can stay behind both.",
      simple: "Keep the other notes as soft as you do now.",
      terse: "Bass second, middle last.",
    },
    exercise: {
      focus: { usual: `Add the bass as a second line at ${at}.` },
      instruction: {
        usual: `Play only the top voice and the bass of ${at}, as a duet, each with its own shape; then add the middle, softer than both.`,
        simple: `Play only the highest and the lowest notes of ${at}. Then add the others softly.`,
        terse: `${at}: outer voices as a duet, then fill in.`,
      },
      minutes: 5,
      success: {
        usual: `both lines can be followed, and the top voice still lies about ${above} dB above`,
        simple: "you can hear the tune and the bass at the same time",
      },
    },
  });
};
