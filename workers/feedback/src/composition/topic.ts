/** What a statement is about: exercises are ordered, and repetition is avoided, by it. */
export type Topic =
  | "recording"
  | "continuity"
  | "timing"
  | "evenness"
  | "chords"
  | "dynamics"
  | "balance"
  | "articulation"
  | "pedal"
  | "tone"
  | "phrasing"
  | "expression";
