import type { Analysis } from "@crescendai/contracts";
import { practiceTempo, say, type Telling } from "../register.ts";
import { type Proposal, WHOLE_PIECE } from "../statement.ts";
import { clock, listed } from "../wording.ts";

/** Most places to begin from. */
const MOST_STARTS = 4;

/** Work that keeps a piece in good order, whatever was heard: named as such, and about no fault. */
export function maintenance(analysis: Analysis, telling: Telling): Proposal[] {
  return [startPoints(analysis, telling), slowListening(telling), secondTake(telling)];
}

function startPoints({ sections }: Analysis, { register }: Telling): Proposal {
  const starts = sections
    .slice(1)
    .map(({ start }) => clock(start))
    .filter((start, index, all) => all.indexOf(start) === index);
  // Spread over the piece, not crowded at its beginning.
  const step = Math.max(1, starts.length / MOST_STARTS);
  const chosen = Array.from({ length: Math.min(MOST_STARTS, starts.length) }, (_, index) =>
    starts.at(Math.floor(index * step)),
  ).filter((start) => start !== undefined);
  const places = chosen.length === 0 ? "the beginning of each phrase" : listed(chosen);
  return {
    topic: "continuity",
    reason: "keep",
    subject: "starting_anywhere",
    wish: null,
    measured: null,
    further: "",
    skillArea: "Security",
    why: "To keep it safe, not because anything went wrong: places to begin from.",
    place: WHOLE_PIECE,
    focus: "Be able to begin anywhere.",
    instruction: say(
      {
        usual: `Begin at ${places}, in any order, each time after lifting the hands from the keys, and play one phrase; then the whole without stopping.`,
        simple: `Put your hands in your lap. Then begin at ${places}, not in order. Play one line each time.`,
        terse: `Entries at ${places}, out of order; then one run.`,
      },
      register,
    ),
    minutes: 5,
    success: "each beginning goes right the first time, without searching for the keys",
  };
}

function slowListening(telling: Telling): Proposal {
  const tempo =
    telling.tempo === null ? "at half the tempo" : `at ${practiceTempo(telling.tempo, telling)} BPM`;
  return {
    topic: "tone",
    reason: "keep",
    subject: "slow_listening",
    wish: null,
    measured: null,
    further: "",
    skillArea: "Listening",
    why: "To keep the sound alive, not because anything went wrong: slow playing with full attention.",
    place: WHOLE_PIECE,
    focus: "Play slowly for the sound alone.",
    instruction: say(
      {
        usual: `Play it once ${tempo}, with all dynamics and pedal as in concert, following one voice with your ear; the second time another.`,
        simple: `Play it once ${tempo}. Listen to each note until the next one comes.`,
        terse: `Once ${tempo} at full expression, one voice in focus at a time.`,
      },
      telling.register,
    ),
    minutes: 6,
    success: "you have heard something that you want to change, and can say at which place",
  };
}

function secondTake({ register }: Telling): Proposal {
  return {
    topic: "recording",
    reason: "keep",
    subject: "comparing_takes",
    wish: null,
    measured: null,
    further: "",
    skillArea: "Comparing takes",
    why: "To know what your practice does: a second take to compare this one with.",
    place: WHOLE_PIECE,
    focus: "Record it again in a few days.",
    instruction: say(
      {
        usual:
          "Record it again in a few days, with the recorder in the same place and at the same level, once through without stopping.",
        simple: "Record it again in a few days. Put the phone in the same place.",
        terse: "A second take within the week, same position and level.",
      },
      register,
    ),
    minutes: 4,
    success: "both takes can be compared, number by number",
  };
}
