/** A side of playing that is narrower than a dimension, and that players ask about by name: "Where did I rush?" */
export interface Aspect {
  /** How players speak of it. */
  readonly asked: RegExp;
  /** How an observation of it is worded in analyses. */
  readonly heard: RegExp;
  /** Observations that tell of it where it wasn't heard itself: of a rush, how steady the beat is. */
  readonly near: RegExp | null;
  readonly name: string;
  /** Whether it's a fault: there is none where nothing of it was heard. */
  readonly isFault: boolean;
  /** What the library calls it, and its cure. */
  readonly topic: string;
}

const BEAT = /\b(pulse|beat|tempo)\b/i;

/** The beat, and what breaks it off. */
const TIMING = /\b(pulse|beat|tempo|pause|restart|break off)\b/i;

/** Those with a fault first: "Did my tempo drag?" asks about dragging. */
const ASPECTS: readonly Aspect[] = [
  {
    asked:
      /\brush|\bhurr(y|ied)|\b(speed(ing)?|sped) up\b|\brun(ning)? away\b|\btoo fast\b|\bget(ting)? faster\b/,
    heard: /\brush|\bruns away\b|\bfaster\b/i,
    near: TIMING,
    name: "rushing",
    isFault: true,
    topic: "rushing steady tempo",
  },
  {
    asked: /\bdrag|\bslow(ing|ed)? down\b|\btoo slow\b|\bget(ting)? slower\b/,
    heard: /\bdrag|\bsags\b|\bslow(er|ing)\b/i,
    near: TIMING,
    name: "dragging",
    isFault: true,
    topic: "dragging steady tempo",
  },
  {
    asked: /\bhesitat|\bpaus(e|es|ed|ing)\b|\bgaps?\b|\bstopp(ed|ing)\b|\bstumbl|\brestart/,
    heard: /\b(pause|gap|break off|restart)\b/i,
    near: BEAT,
    name: "hesitation",
    isFault: true,
    topic: "playing on without stopping",
  },
  {
    asked: /\bblur|\bmudd(y|ied|ier)\b/,
    heard: /\bblur/i,
    near: /\bharmonies stay clear\b|\bpedal/i,
    name: "blurred pedal",
    isFault: true,
    topic: "muddy pedal",
  },
  { asked: BEAT, heard: BEAT, near: null, name: "the beat", isFault: false, topic: "steady tempo" },
  {
    asked: /\bloud/,
    heard: /\bloud/i,
    near: null,
    name: "loudness",
    isFault: false,
    topic: "dynamics",
  },
  {
    asked: /\b(soft|quiet)/,
    heard: /\bsoft/i,
    near: null,
    name: "loudness",
    isFault: false,
    topic: "dynamics",
  },
  {
    asked: /\bchords?\b/,
    heard: /\bchords?\b/i,
    near: null,
    name: "chords",
    isFault: false,
    topic: "chords together",
  },
  {
    asked: /\b(un)?even(ly|ness)?\b|\bruns\b/,
    heard: /\brunning notes\b/i,
    near: null,
    name: "running notes",
    isFault: false,
    topic: "evenness passagework",
  },
  {
    asked: /\bmelody\b|\btop voice\b|\bbalance[d]?\b|\bdrown/,
    heard: /\b(top voice|melody)\b/i,
    near: null,
    name: "the balance between melody and accompaniment",
    isFault: false,
    topic: "balance melody accompaniment",
  },
];

/** The aspect of playing that a text asks about; null if none. */
export function aspectOf(text: string): Aspect | null {
  const said = text.toLowerCase();
  return ASPECTS.find(({ asked }) => asked.test(said)) ?? null;
}
