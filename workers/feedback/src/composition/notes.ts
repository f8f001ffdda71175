import type { Analysis, UserContext } from "@crescendai/contracts";
import { minutesAvailable, topicOf } from "./fit-to-player.ts";
import { clock, quoted } from "./wording.ts";

/** Confidence below which a reading is said to rest on little. */
const LITTLE_CONFIDENCE = 0.6;

/** What a player should know about the limits of this reading, as sentences. */
export function limitNotes(analysis: Analysis): string[] {
  const notes = [
    "This version measures loudness, pauses, note beginnings, and pulse only. It doesn't know the piece, the notes, the pedal, or the touch, and so gives no scores.",
  ];
  if (analysis.measurements.pulse.tempo_bpm !== null) {
    notes.push("The tempo is that of the beat we could follow; it may be half or double of what you count.");
  }
  if (analysis.analysed_duration < analysis.duration && !analysis.truncated) {
    notes.push(
      `Only the first ${clock(analysis.analysed_duration)} of ${clock(analysis.duration)} were listened to.`,
    );
  }
  if (analysis.truncated) {
    notes.push("The file ends before the length it claims: what is missing couldn't be heard.");
  }
  if (analysis.heard === "music" && analysis.confidence < LITTLE_CONFIDENCE) {
    notes.push(
      "There was little to go by (a short, quiet, noisy, or distorted recording): take the numbers as rough.",
    );
  }
  return notes;
}

/** How the feedback was fitted to what the player told us, as sentences. */
export function fitNotes(context: UserContext): string[] {
  const notes: string[] = [];
  const minutes = minutesAvailable(context);
  if (minutes !== null) notes.push(`The exercises are chosen to fit into the ${minutes} minutes you named.`);
  if (context.preferred_feedback_style !== null && context.preferred_feedback_style !== "") {
    notes.push(
      `You prefer feedback that is ${quoted(context.preferred_feedback_style)}; these sentences are put together from measurements, so their tone adapts little.`,
    );
  }
  return notes;
}

const TOPIC_NAMES = {
  timing: "the tempo figures",
  dynamics: "the loudness figures",
  flow: "the pauses",
  recording: "the recording level",
} as const;

/** For each goal, whether anything measured here speaks to it. */
export function goalNotes(analysis: Analysis, context: UserContext): string[] {
  return context.goals.map((goal) => {
    const topic = topicOf(goal);
    if (topic === null || analysis.heard !== "music") {
      return `Your goal ${quoted(goal)}: nothing measured in this recording speaks to it directly.`;
    }
    return `Your goal ${quoted(goal)}: compare ${TOPIC_NAMES[topic]} of this recording with those of your next.`;
  });
}
