import type { Dimension } from "@crescendai/contracts";
import type { Subject } from "../composition/practice/subject.ts";

/** What is looked for in the library for a subject. */
export interface Need {
  /** In the words that documents on it have; "exercises" and "minutes", because something to do is wanted. */
  readonly question: string;
  /** The dimension that the documents are filed under; null where they are under several. */
  readonly dimension: Dimension | null;
  /** Beginnings of words by which a title or a heading shows that it is about the subject, in lower case. */
  readonly about: readonly string[];
  /** Beginnings of words that what is to be done about it has. */
  readonly words: readonly string[];
  /**
   * Beginnings of words of what is another cure, in titles too; none if not given. Of a dimension in which no fault was found
   * it is that for a fault of one direction.
   */
  readonly others?: readonly string[];
}

/** For each subject, the field's terms for the fault and for its cure. */
export const NEEDS: { readonly [Name in Subject]: Need } = {
  joins: {
    question: "practise joins: chunks that overlap, into the next downbeat, bars, times in a row",
    dimension: "note_accuracy",
    about: ["join", "chunk", "overlap", "section", "learning", "continu", "stop"],
    words: ["join", "overlap", "chunk", "stop", "hesitat", "position"],
  },
  playing_on: {
    question: "practising recovery: play on in time without a stop after a slip, minutes",
    dimension: null,
    about: ["recover", "mistake", "run-through", "error", "restart", "without stopping"],
    words: ["recover", "mistake", "without stopping", "no-stop", "go on", "play on", "restart", "error"],
  },
  rushing: {
    question: "rushing: exercises for a steady tempo, subdivide aloud, conduct, metronome on the off-beat",
    dimension: "rhythmic_precision",
    about: ["rush", "steady tempo"],
    words: ["rush", "tempo", "steady", "pulse", "beat", "count", "metronome", "click"],
  },
  dragging: {
    question: "dragging and slowing down: exercises for a steady tempo, subdivide aloud, metronome clicks",
    dimension: "rhythmic_precision",
    about: ["drag", "slow down", "steady tempo"],
    words: ["drag", "slow down", "tempo", "steady", "pulse", "beat", "count", "metronome", "click"],
  },
  steadiness: {
    question: "unsteady pulse: exercises for a steady beat, subdividing, counting aloud",
    dimension: "rhythmic_precision",
    about: ["steady", "pulse", "rhythmic", "beat", "count", "metronome", "rhythm"],
    words: ["pulse", "beat", "steady", "count", "subdivi", "metronome", "click"],
  },
  quicker_tempo: {
    question: "getting the tempo up: exercises from slow to fast, bursts, metronome in steps",
    dimension: "rhythmic_precision",
    about: ["tempo", "fast", "speed", "quick"],
    words: ["tempo", "fast", "speed", "metronome", "click"],
  },
  evenness: {
    question: "uneven running notes: exercises in groups, rhythms and accents, minutes",
    dimension: "rhythmic_precision",
    about: ["even", "passagework", "scale", "rhythmic variants", "running", "rhythms"],
    words: ["even", "uneven", "passagework", "group", "rhythm", "dotted", "accent"],
  },
  chords_together: {
    question: "chords whose notes are not together: exercises, prepare, touch, play",
    dimension: "note_accuracy",
    about: ["chord"],
    words: ["chord", "together", "prepare"],
  },
  chord_voicing: {
    question: "chord voicing: exercises for bringing out one note of a chord",
    dimension: "tone_quality",
    about: ["chord", "voicing"],
    words: ["voic", "chord", "top note", "bring out"],
  },
  melody_in_front: {
    question: "left hand drowns the melody: exercises for balance between the hands, shadow, minutes",
    dimension: "tone_quality",
    about: ["balance", "melody", "drown", "accompan", "voicing"],
    words: ["melody", "tune", "balance", "accompani", "left hand", "softer"],
  },
  two_lines: {
    question: "voicing: play melody and bass alone, hear each voice, exercises",
    dimension: "tone_quality",
    about: ["voic", "bass", "outer", "balance", "melody"],
    words: ["bass", "voice", "melody", "line"],
  },
  contrast: {
    question: "control of dynamics: exercises for a wider range of soft and loud",
    dimension: "dynamics_control",
    about: ["dynamic", "loud", "soft", "contrast", "level"],
    words: ["dynamic", "contrast", "level", "loud", "soft", "forte"],
  },
  levels: {
    question: "control of dynamics: exercises for levels of soft and loud",
    dimension: "dynamics_control",
    about: ["dynamic", "loud", "soft", "contrast", "level"],
    words: ["dynamic", "level", "loud", "soft", "forte"],
  },
  swell: {
    question: "crescendo and diminuendo: number the levels over four bars, from piano to forte",
    dimension: "dynamics_control",
    about: ["crescend", "diminuend", "dynamic"],
    words: ["crescend", "diminuend", "swell", "grow", "fall", "louder", "softer"],
  },
  joined_notes: {
    question: "legato: exercises for joining notes without gaps, fingers, minutes",
    dimension: "articulation_quality",
    about: ["legato", "join", "finger substitution"],
    words: ["legato", "join", "gap", "hold"],
    // The fingers are to join, not the foot.
    others: ["foot", "pedal after", "pedalling"],
  },
  note_endings: {
    question: "articulation: exercises for note lengths, staccato and legato, releases, minutes",
    dimension: "articulation_quality",
    about: ["articulat", "staccato", "release", "touch", "without pedal", "legato", "non-legato"],
    words: ["release", "staccato", "legato", "articulat", "lift", "short", "length"],
  },
  pedal_changes: {
    question: "muddy pedal: exercises for clean syncopated pedal changes",
    dimension: "pedaling_technique",
    about: ["pedal"],
    words: ["pedal", "foot"],
  },
  pedal_colours: {
    question: "half pedal: find its zone, exercises for depth and colour, minutes",
    dimension: "pedaling_technique",
    about: ["pedal"],
    words: ["pedal", "foot"],
  },
  starting_anywhere: {
    question: "secure memory: exercises for starting at any place of the piece",
    dimension: null,
    about: ["memor", "start", "secur"],
    words: ["start", "begin", "entry", "section", "memory", "place"],
  },
  slow_listening: {
    question: "slow practice: how to practise slowly, listening",
    dimension: null,
    about: ["slow", "listen"],
    words: ["slow", "listen", "hear"],
  },
  comparing_takes: {
    question: "recording yourself: snapshot, run and comparison, listening with questions",
    dimension: null,
    about: ["record", "compar", "takes"],
    words: ["record", "compar", "listen"],
  },
  note_accuracy: {
    question: "accuracy: practising for right notes and security, minutes",
    dimension: "note_accuracy",
    about: ["accura", "error", "secur", "slow", "right notes"],
    words: ["note", "accura", "error", "clean", "secur", "slow"],
    others: ["chord passages"],
  },
  rhythmic_precision: {
    question: "rhythmic precision: practising pulse and subdivision, metronome on fewer beats",
    dimension: "rhythmic_precision",
    about: ["rhythmic precision", "pulse", "steady", "tempo", "metronome"],
    words: ["rhythm", "pulse", "beat", "count", "metronome", "click", "tempo"],
  },
  dynamics_control: {
    question: "control of dynamics: exercises for levels of soft and loud",
    dimension: "dynamics_control",
    about: ["dynamic", "loud", "soft", "crescend"],
    words: ["dynamic", "level", "loud", "soft", "forte", "crescend"],
  },
  articulation_quality: {
    question: "articulation: exercises for touch, legato and staccato",
    dimension: "articulation_quality",
    about: ["articulat", "legato", "staccato", "touch", "slur"],
    words: ["articulat", "legato", "staccato", "touch", "slur", "release"],
    others: ["run into each other", "run together"],
  },
  pedaling_technique: {
    question: "pedalling: exercises for changing the pedal by ear",
    dimension: "pedaling_technique",
    about: ["pedal"],
    words: ["pedal", "foot"],
  },
  tone_quality: {
    question: "tone: exercises for sound and voicing",
    dimension: "tone_quality",
    about: ["tone", "sound", "voic", "cantabile"],
    words: ["tone", "sound", "voic", "weight", "listen"],
  },
  phrasing: {
    question: "phrasing: exercises for phrase shape, breath and goal note",
    dimension: "phrasing",
    about: ["phras", "breath", "cantabile"],
    words: ["phras", "breath", "goal", "sing", "line"],
  },
  expressiveness: {
    question: "expressive playing: exercises for expression and character",
    dimension: "expressiveness",
    about: ["express", "rubato", "character"],
    words: ["express", "character", "mood", "feel", "rubato", "colour"],
  },
  musical_interpretation: {
    question: "interpretation: practising decisions about character and meaning, minutes",
    dimension: "musical_interpretation",
    about: ["interpret", "character", "form"],
    words: ["interpret", "character", "structure", "story", "meaning", "phrase", "section"],
  },
  stylistic_appropriateness: {
    question: "style: exercises for playing in the style of a period",
    dimension: "stylistic_appropriateness",
    about: ["styl"],
    words: ["style", "period", "baroque", "classical", "romantic", "edition"],
  },
  overall_musicality: {
    question: "musicality: practising attention, singing and listening, minutes",
    dimension: "overall_musicality",
    about: ["musicality", "listen", "cantabile", "ear"],
    words: ["music", "listen", "sing", "hear"],
  },
  overall_quality: {
    question: "performing a piece as a whole: run-throughs and mock performances",
    dimension: "overall_quality",
    about: ["performance", "run-through", "quality", "record"],
    words: ["run", "perform", "whole", "record"],
  },
};
