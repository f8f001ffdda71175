import { slowly } from "../register.ts";
import { clock, counted, percent, span } from "../wording.ts";
import { type Describer, tell } from "./tell.ts";

const ARTICULATION = "Articulation";
const PEDAL = "Pedal";

/** ", elsewhere 96 %": nothing where the ratio only stands for joined notes. */
function elsewhereText(ratio: number): string {
  return ratio === 1 ? "" : `, elsewhere ${percent(ratio)}`;
}

/** Halfway between what was heard in a place and elsewhere: a change that the next recording can show. */
function halfway(ratio: number, elsewhere: number): string {
  return percent((ratio + elsewhere) / 2);
}

/**
 * Part of the time to the next note up to which notes are as short as staccato, which is written at half its note's value: whose
 * hand has to jump lets go later than that. Whether it is written only the player knows.
 */
const STACCATO = 0.6;

/** A passage that is detached where the rest is joined. */
export const describeDetached: Describer<"detached_passage"> = (evidence, finding, telling) => {
  const { duration_ratio: here, elsewhere_ratio: elsewhere } = evidence;
  const at = span(finding);
  const isStaccato = here <= STACCATO;
  return tell(finding, telling, {
    topic: "articulation",
    weight: isStaccato ? "remark" : "area",
    category: ARTICULATION,
    measured: `notes last ${percent(here)} of the time to the next${elsewhereText(elsewhere)}`,
    headline: {
      usual: isStaccato
        ? `The notes at ${at} are as short as staccato: right if that is written.`
        : `Notes are let go early at ${at}, unless they are to be detached.`,
      simple: `The notes at ${at} are short, not joined${isStaccato ? ": right if they have dots" : ""}.`,
      terse: `${at}: detached (${percent(here)})${isStaccato ? ", right if written" : ""}.`,
    },
    observation: {
      usual: `At ${at} a note lasts about ${percent(here)} of the time to the next one${elsewhereText(elsewhere)}.`,
      simple: `At ${at} there are little gaps between the notes.`,
    },
    advice: {
      usual: isStaccato
        ? "If staccato is written, leave it as it is; if slurs are, look at the fingering first: gaps mostly come from a hand that jumps."
        : "If the slurs go on here, look at the fingering first: gaps mostly come from a hand that jumps.",
      simple: isStaccato
        ? "If your music has dots here, that's just right. If it has a slur, hold each note until the next one sounds."
        : "If your music has a slur here, hold each note until the next one sounds.",
      terse: "If legato, check the fingering.",
    },
    exercise: {
      focus: {
        usual: `Join the notes at ${at}, if they're slurred.`,
        simple: `Join the notes at ${at}, if there is a slur.`,
      },
      instruction: {
        usual: `Play ${at} without pedal, ${slowly(telling)}, each key held until just after the next one sounds; then release exactly on it; then up to tempo. If staccato is written, leave it as it is.`,
        simple: `Play ${at} slowly without pedal. Hold each key until the next one is down. If there are staccato dots, leave it as it is.`,
        terse: `${at}: finger legato without pedal, over-held, then exact. Unless staccato.`,
      },
      minutes: 6,
      success: {
        usual: `notes there last at least ${halfway(here, elsewhere)} of the time to the next (now ${percent(here)})`,
        simple: "you hear no gaps between the notes",
      },
    },
  });
};

/** A passage whose notes run into each other. */
export const describeOverlapped: Describer<"overlapped_passage"> = (evidence, finding, telling) => {
  const { duration_ratio: here, elsewhere_ratio: elsewhere } = evidence;
  const at = span(finding);
  return tell(finding, telling, {
    topic: "articulation",
    weight: "area",
    category: ARTICULATION,
    measured: `many notes last ${percent(here)} of the time to the next${elsewhereText(elsewhere)}`,
    headline: {
      usual: `Notes run into each other at ${at}.`,
      terse: `${at}: overlapping (${percent(here)}).`,
    },
    observation: {
      usual: `At ${at} many notes sound for about ${percent(here)} of the time to the next one${elsewhereText(elsewhere)}: lines lose their edges there.`,
      simple: `At ${at} old notes still sound when new ones come.`,
      terse: `${at}: ${percent(here)} of the time to the next note${elsewhereText(elsewhere)}.`,
    },
    advice: {
      usual:
        "Listen to where each note ends, not only to where it begins; try it without pedal to hear the fingers alone.",
      simple: "Lift each finger when the next note comes. Try it without the pedal.",
      terse: "Check finger releases without pedal first.",
    },
    exercise: {
      focus: { usual: `Clear note endings at ${at}.` },
      instruction: {
        usual: `Play ${at} without pedal, ${slowly(telling)}: all staccato, then portato, then a legato in which one key rises exactly as the next goes down. Add pedal last, as little as the line needs.`,
        simple: `Play ${at} without pedal: first all short, then joined. Never have two keys of the tune down together.`,
        terse: `${at}: staccato, portato, exact legato without pedal; then pedal sparingly.`,
      },
      minutes: 6,
      success: {
        usual: `those notes last no more than ${halfway(here, elsewhere)} of the time to the next (now ${percent(here)})`,
        simple: "you hear each note end",
      },
    },
  });
};

/** Pedal that carries one harmony, or the notes of a quick line, into the next. */
export const describeBlur: Describer<"pedal_blur"> = (evidence, finding, telling) => {
  const share = percent(evidence.blur_share);
  const at = span(finding);
  return tell(finding, telling, {
    topic: "pedal",
    weight: "area",
    category: PEDAL,
    measured: `${share} of what clashes with the next notes sounds on, at ${counted(Math.round(evidence.changes), "place")}`,
    headline: {
      usual: `The pedal blurs harmonies or lines at ${at}.`,
      simple: `The sound gets muddy at ${at}.`,
      terse: `${at}: blurred by the pedal (${share}).`,
    },
    observation: {
      usual: `At ${at} about ${share} of what clashes with what follows sounds on.`,
      simple: `At ${at} old notes still ring when the new chord comes, so the two mix.`,
    },
    advice: {
      usual:
        "Change the pedal as the new bass sounds, not before: up with the note, down again once it is caught. Where lines move by step, half a pedal is often enough.",
      simple: "Lift the foot when you play the new chord. Then press it again.",
      terse: "Later, fuller changes; half or flutter pedal under stepwise lines.",
    },
    exercise: {
      focus: { usual: `Clean pedal changes at ${at}.` },
      instruction: {
        usual: `Play ${at} without pedal to hear what the fingers hold; then only the chords, one after another, foot up with each new chord and down after it, until nothing of the old one is left; then as written, by ear, with half pedal where it still blurs.`,
        simple: `Play ${at} without pedal. Then play only the chords: say “up” when you play and “down” after it, and let your foot do that.`,
        terse: `${at}: dry; then harmonic reduction with late pedal; then as written, half pedal where steps blur.`,
      },
      minutes: 7,
      success: {
        usual: `less than ${percent(evidence.blur_share / 2)} of these notes go on sounding in the next recording (now ${share})`,
        simple: "each new chord sounds clean",
      },
    },
  });
};

/**
 * Pedal under which hardly anything sounds on: told as it was measured, not praised, as listeners don't rate such playing less
 * blurred than other (docs/analysis.md).
 */
export const describeClearPedal: Describer<"clear_pedal"> = (evidence, finding, telling) => {
  const share = percent(evidence.blur_share);
  const changes = counted(Math.round(evidence.changes), "place");
  const at = span(finding);
  return tell(finding, telling, {
    topic: "pedal",
    weight: "remark",
    category: PEDAL,
    measured: `${share} of what clashes with the next notes sounds on, at ${changes}`,
    headline: {
      usual: `Under the pedal hardly a note sounds on into the next harmony at ${at}.`,
      simple: `At ${at} you use the pedal, and old notes stop when the new chord comes.`,
    },
    observation: {
      usual: `At ${changes} between ${clock(finding.start)} and ${clock(finding.end)} a note could run into one that it clashes with; only about ${share} of such notes do.`,
      simple: `When a new chord comes at ${at}, the old one is gone.`,
    },
    advice: {
      usual:
        "Whether that is clear or a little dry is for your ear: try more resonance where the music wants it.",
      simple: "Listen: is it clear, or a little dry? Try more pedal where you want more sound.",
      terse: "Room for more resonance if the music wants it.",
    },
    exercise: {
      focus: { usual: `Two colours of pedal at ${at}.` },
      instruction: {
        usual: `Play ${at} with as little pedal as it bears, then with as much as stays clear, then choose phrase by phrase.`,
        simple: `Play ${at} with very little pedal, then with more. Which one do you like?`,
      },
      minutes: 4,
      success: {
        usual: `you can hear two colours, and the harmonies stay as clear in both (now ${share} of the clashing notes sound on)`,
        simple: "the chords stay clean both times",
      },
    },
  });
};
