import type { Wordings } from "../register.ts";
import type { Topic } from "../topic.ts";
import type { Practice } from "./dimension-practice.ts";

/** Topics that are narrower than a dimension, and practised in their own way. */
export const TOPIC_PRACTICE: {
  readonly [Name in Topic]?: Practice & {
    readonly skillArea: string;
    /** What to do about it over months. */
    readonly development: Wordings;
  };
} = {
  evenness: {
    skillArea: "Evenness",
    focus: (place) => ({ usual: `Equal running notes in ${place}.` }),
    instruction: (place, slowly) => ({
      usual: `Play the running notes of ${place} in dotted rhythm (long–short), then the reverse, then in groups of four with a rest on each first note; then evenly, ${slowly}, one hand alone and then both.`,
      simple: `Play the quick notes of ${place} long–short, then short–long. Then play them equal, ${slowly}.`,
      terse: `Runs of ${place}: dotted both ways, groups of four, then even ${slowly}.`,
    }),
    minutes: 7,
    development: {
      usual:
        "Play scales and broken chords for some minutes a day in changing rhythms and accents, always at a tempo at which all notes are alike, and raise it a little every week.",
      simple:
        "Play a scale every day, slowly, and listen that all notes are alike. Then a little faster each week.",
      terse: "Scales and broken chords daily in rhythms and accents; tempo up only while even.",
    },
  },
  chords: {
    skillArea: "Chords",
    focus: (place) => ({ usual: `One sound to a chord in ${place}.` }),
    instruction: (place) => ({
      usual: `Block the chords of ${place}: place the hand silently, feel every key, play with one drop of the arm, and listen for a single sound before you move on.`,
      simple: `Put your fingers on a chord of ${place} without a sound. Wait. Then play it with one drop of the arm.`,
      terse: `Chords of ${place}: silent preparation, one drop.`,
    }),
    minutes: 6,
    development: {
      usual:
        "Play cadences in all keys, each chord felt on its keys before it sounds, and shorten the time for that a little every week.",
      simple: "Play three chords every day. Feel all the keys before each one sounds.",
      terse: "Cadences in all keys, each chord prepared on the keys, in ever less time.",
    },
  },
  balance: {
    skillArea: "Melody and accompaniment",
    focus: (place) => ({ usual: `A melody that leads in ${place}.` }),
    instruction: (place) => ({
      usual: `Sing the melody of ${place} while you play it alone; then sound the melody and only touch the keys of the accompaniment (ghosting); then both, the accompaniment softer than seems right.`,
      simple: `Sing the tune of ${place}. Then play the tune loud and let the other notes only whisper.`,
      terse: `${place}: melody alone, accompaniment ghosted, then both.`,
    }),
    minutes: 7,
    development: {
      usual:
        "In every new piece play the melody alone first, then add the accompaniment at half its weight from the first day; now and then record it, and ask which hand you hear.",
      simple: "In each new piece play the tune alone first. Then add the other hand as softly as a whisper.",
      terse: "Melody alone first, accompaniment ghosted from the first day, checked on recordings.",
    },
  },
};
