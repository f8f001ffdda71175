import { type Analysis, DIMENSIONS } from "@crescendai/contracts";
import { about, scored } from "./dimension-words.ts";
import { intervalsOf } from "./pieces.ts";
import type { Player } from "./player.ts";
import type { Progress } from "./progress/progress.ts";
import type { Register } from "./register.ts";
import { isRough } from "./standing.ts";
import type { Statement } from "./statement.ts";
import { clock, counted, listed, quoted } from "./wording.ts";

/** What a player must know to take the rest rightly, as sentences. */
export function essentialNotes(
  analysis: Analysis,
  statements: readonly Statement[],
  register: Register,
): string[] {
  const notes: string[] = [];
  const music = analysis.heard === "music";
  const faults = music ? statements.filter(({ topic }) => topic === "recording") : [];
  if (music && isRough(analysis)) {
    notes.push(
      faults.length === 0
        ? "There was little to go by (a short, quiet, noisy or distant recording, or a doubtful piano): take everything as rough."
        : "There was little to go by: take everything as rough.",
    );
  }
  notes.push(...faults.map(({ headline }) => headline));
  if (analysis.truncated) {
    notes.push(
      `The file ends before the length it claims: what comes after ${clock(analysis.analysed_duration)} couldn't be heard.`,
    );
  } else if (analysis.analysed_duration < analysis.duration - 1) {
    notes.push(
      `Only the first ${clock(analysis.analysed_duration)} of ${clock(analysis.duration)} were listened to.`,
    );
  }
  return music ? [...notes, ...scoreNotes(analysis, register)] : notes;
}

function scoreNotes({ dimensions }: Analysis, register: Register): string[] {
  if (DIMENSIONS.every((name) => dimensions[name].score === null)) {
    return ["This reading gives no scores; why is said of each dimension."];
  }
  if (register === "simple") {
    return [
      "The scores come from listeners of advanced players: compare them with your own earlier ones only.",
      "Without your sheet music nobody can count wrong notes here; only stumbles are heard.",
    ];
  }
  const accuracy = scored("note_accuracy", dimensions.note_accuracy);
  return [
    "Scores lean on listeners' ratings of advanced players in four works, whose mean is about 70: compare them with your own takes, not with other people's.",
    accuracy === null
      ? "Wrong notes can't be told without the score."
      : `Without the score, accuracy is what can be heard of it (stumbles, restarts, smeared notes): ${about(accuracy)}, and no count of wrong notes.`,
  ];
}

/** What else there is to know about the limits of a reading of music, as sentences. */
export function furtherNotes(analysis: Analysis, progress: Progress): string[] {
  const { heard, measurements, perception } = analysis;
  if (heard !== "music") return [];
  const notes = ["No level is read from a recording: the ratings come from advanced players only."];
  if (measurements.pulse.tempo_bpm !== null && intervalsOf(analysis).length === 0) {
    notes.push("The tempo is that of the beat we could follow; it may be half or double of what you count.");
  }
  if (perception !== null) {
    notes.push(
      "Brightness and mood belong to the piece more than to the playing: nothing is claimed of them.",
    );
  }
  if (progress.earlier === null && progress.sentence === null) {
    notes.push("No earlier take of this music is known; the next one will be compared with this.");
  }
  return notes;
}

/**
 * How the feedback was fitted to what the player told us, as sentences.
 *
 * @param elsewhere goals that name another piece.
 */
export function fitNotes(
  { minutes, context }: Player,
  inTurn: boolean,
  exercises: number,
  elsewhere: readonly string[],
): string[] {
  const notes: string[] = [];
  if (elsewhere.length > 0 && exercises > 0) {
    const named = listed(elsewhere.map(quoted));
    notes.push(
      elsewhere.length === 1
        ? `Your goal ${named} names music that this recording's name doesn't, so nothing here is fitted to it.`
        : `Your goals ${named} name music that this recording's name doesn't, so nothing here is fitted to them.`,
    );
  }
  if (minutes !== null && exercises > 0) {
    const named = counted(minutes, "minute");
    notes.push(
      inTurn
        ? `In ${named} only one exercise has room: take them in turn, one a day.`
        : `The exercises fit into the ${named} that you named.`,
    );
  }
  if (context.preferred_feedback_style !== null && context.preferred_feedback_style !== "") {
    notes.push(
      `You prefer feedback that is ${quoted(context.preferred_feedback_style)}; these sentences are put together from measurements, so their tone adapts little.`,
    );
  }
  return notes;
}
