import type { Heard } from "@crescendai/contracts";

/** What is said of a recording in which no piano playing can be judged. */
interface Unheard {
  readonly character: string;
  /** What to do, in place of an encouragement that nothing has earned. */
  readonly next: string;
}

/** For each kind of sound that is no piano: what it is, and what helps. */
export const UNHEARD: { readonly [Kind in Exclude<Heard, "music">]: Unheard } = {
  silence: {
    character: "Nothing was heard: the recording is silent.",
    next: "Once the microphone is found, play the same again: we'd like to hear it.",
  },
  steady_tone: {
    character: "A steady tone, not piano playing.",
    next: "Listen to a few seconds of the file yourself; when you hear the piano in it, send it again.",
  },
  noise: {
    character: "Noise only, no playing.",
    next: "Listen to a few seconds of the file yourself; when you hear the piano in it, send it again.",
  },
  speech: {
    character: "Somebody speaks; no piano playing was found that could be judged.",
    next: "Send the playing without the talk, and there will be something to say about it.",
  },
  other_instrument: {
    character:
      "This sounds like another instrument than a piano, so nothing is said about the playing: it would be a guess.",
    next: "If it is a piano, a clearer recording from one to two metres away will show it.",
  },
  unclear: {
    character: "Sound without clear note beginnings: no playing could be made out.",
    next: "Move the microphone closer to the piano, away from other sounds, and record again.",
  },
  too_short: {
    character: "Too short to say anything about the playing.",
    next: "Record ten seconds or more, and there will be something to say.",
  },
};
