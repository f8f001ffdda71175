import { type Analysis, DIMENSIONS, entriesOf, type Heard } from "@crescendai/contracts";

/** Why nothing is scored where there is no piano playing to judge. */
const NOTHING_PLAYED: { readonly [Kind in Exclude<Heard, "music">]: string } = {
  silence: "Nothing was heard in this recording.",
  steady_tone: "A steady tone was heard, no playing.",
  noise: "Noise was heard, no playing.",
  speech: "Speech was heard, no playing.",
  other_instrument: "Another instrument than a piano was heard.",
  unclear: "No note beginnings were heard in this recording.",
  too_short: "The recording is too short to be judged.",
};

/** The twelve dimensions of a recording without piano playing: no scores, but the reason. */
export function unscoredDimensions(heard: Exclude<Heard, "music">): Analysis["dimensions"] {
  return entriesOf(DIMENSIONS, () => ({
    score: null,
    uncertainty: null,
    basis: null,
    reason: NOTHING_PLAYED[heard],
  }));
}
