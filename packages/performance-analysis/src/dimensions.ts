import type { Analysis, Heard } from "@crescendai/contracts";

/** Why each dimension has no score yet: what these ears hear of it, and what they would need. */
const REASONS: { readonly [Name in keyof Analysis["dimensions"]]: string } = {
  note_accuracy: "Wrong notes can't be told without the score; which notes were played isn't recognised yet.",
  rhythmic_precision:
    "Pulse and its steadiness are measured, but without the score a rubato can't be told from an uneven rhythm.",
  dynamics_control:
    "Loudness is measured, but not yet the strength of each note, nor what the score asks for.",
  articulation_quality:
    "Where notes begin is heard, but not yet where they end, so legato and staccato aren't known.",
  pedaling_technique: "The pedal isn't recognised yet: it would take knowing which strings go on sounding.",
  tone_quality: "Tone can't yet be told apart from the instrument, the room, and the microphone.",
  phrasing:
    "Rises and falls of loudness and pauses are measured, but not yet the melody that they would shape.",
  expressiveness:
    "No model trained on listeners' ratings listens yet, and loudness and pulse alone don't show it.",
  musical_interpretation: "An interpretation is judged against the piece, and the piece isn't recognised.",
  stylistic_appropriateness: "Style is judged against composer and period, and the piece isn't recognised.",
  overall_musicality: "It would sum up the dimensions above, which have no basis yet.",
  overall_quality: "It would sum up the dimensions above, which have no basis yet.",
};

/** What to say instead where there is no playing to judge. */
const NOTHING_PLAYED: { readonly [Kind in Exclude<Heard, "music">]: string } = {
  silence: "Nothing was heard in this recording.",
  steady_tone: "A steady tone was heard, no playing.",
  noise: "Noise was heard, no playing.",
  unclear: "No note beginnings were heard in this recording.",
  too_short: "The recording is too short to be judged.",
};

/** The twelve dimensions as far as signal measurements carry: every score null, each with its own reason. */
export function unscoredDimensions(heard: Heard): Analysis["dimensions"] {
  const unscored = (name: keyof Analysis["dimensions"]) => ({
    score: null,
    uncertainty: null,
    reason: heard === "music" ? REASONS[name] : NOTHING_PLAYED[heard],
  });
  return {
    note_accuracy: unscored("note_accuracy"),
    rhythmic_precision: unscored("rhythmic_precision"),
    dynamics_control: unscored("dynamics_control"),
    articulation_quality: unscored("articulation_quality"),
    pedaling_technique: unscored("pedaling_technique"),
    tone_quality: unscored("tone_quality"),
    phrasing: unscored("phrasing"),
    expressiveness: unscored("expressiveness"),
    musical_interpretation: unscored("musical_interpretation"),
    stylistic_appropriateness: unscored("stylistic_appropriateness"),
    overall_musicality: unscored("overall_musicality"),
    overall_quality: unscored("overall_quality"),
  };
}
