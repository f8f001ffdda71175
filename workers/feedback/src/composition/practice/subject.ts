import type { Dimension, Finding, FindingKind } from "@crescendai/contracts";
import type { Topic } from "../topic.ts";

/**
 * What is practised, closely enough to look for it in the library: a dimension, or something narrower that was heard or
 * is proposed.
 */
export type Subject = Dimension | NarrowSubject;

type NarrowSubject =
  | "joins"
  | "playing_on"
  | "rushing"
  | "dragging"
  | "steadiness"
  | "quicker_tempo"
  | "evenness"
  | "chords_together"
  | "chord_voicing"
  | "melody_in_front"
  | "two_lines"
  | "contrast"
  | "levels"
  | "swell"
  | "joined_notes"
  | "note_endings"
  | "pedal_changes"
  | "pedal_colours"
  | "starting_anywhere"
  | "slow_listening"
  | "comparing_takes";

const OF_KIND: { readonly [Kind in FindingKind]?: Subject } = {
  pause: "joins",
  hold: "joins",
  restart: "playing_on",
  steady_pulse: "quicker_tempo",
  unsteady_pulse: "steadiness",
  even_runs: "evenness",
  uneven_runs: "evenness",
  chords_together: "chord_voicing",
  chords_not_together: "chords_together",
  melody_buried: "melody_in_front",
  melody_voiced: "two_lines",
  narrow_dynamics: "contrast",
  wide_dynamics: "levels",
  crescendo: "swell",
  diminuendo: "swell",
  detached_passage: "joined_notes",
  overlapped_passage: "note_endings",
  pedal_blur: "pedal_changes",
  clear_pedal: "pedal_colours",
};

/**
 * Milliseconds from one note to the next from which notes are counted rather than run: quavers at 120 crotchets a minute. Slower
 * ones aren't uneven for a finger's or a thumb's sake.
 */
export const COUNTED_NOTES_MS = 250;

/** What is practised because of a finding; null where the library has nothing to look for, as in a fault of the recorder. */
export function subjectOfFinding({ kind, evidence }: Pick<Finding, "kind" | "evidence">): Subject | null {
  if (kind === "uneven_runs" && (evidence["interval_ms"] ?? 0) >= COUNTED_NOTES_MS) return "steadiness";
  if (kind !== "tempo_drift") return OF_KIND[kind] ?? null;
  return (evidence["tempo_change_percent"] ?? 0) > 0 ? "rushing" : "dragging";
}

const OF_TOPIC: { readonly [Name in Topic]?: Subject } = {
  evenness: "evenness",
  chords: "chords_together",
  balance: "melody_in_front",
};

/** What is practised of a dimension, or of the topic in it that is practised in its own way. */
export function subjectOfTopic(topic: Topic, dimension: Dimension): Subject {
  return OF_TOPIC[topic] ?? dimension;
}
