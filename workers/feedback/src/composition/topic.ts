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

/** How a topic is called when talking to the player. */
export const TOPIC_NAMES: { readonly [Name in Topic]: string } = {
  recording: "the recording",
  continuity: "the flow of your playing",
  timing: "your pulse",
  evenness: "the evenness of your running notes",
  chords: "the way your chords fall together",
  dynamics: "your shaping of loud and soft",
  balance: "the way your top voice leads",
  articulation: "your articulation",
  pedal: "your pedalling",
  tone: "your tone",
  phrasing: "your phrasing",
  expression: "the expression in your playing",
};
