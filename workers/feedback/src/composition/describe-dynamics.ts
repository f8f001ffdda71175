import type { Finding } from "@crescendai/contracts";
import type { Statement } from "./statement.ts";
import { clock, clockSpan, plain } from "./wording.ts";

/** Least change in dB and length in seconds of a rise or fall that is called shaped: plain to any listener. */
const SHAPED_DB = 5;
const SHAPED_SECONDS = 3;
/** dB between loudest and softest passage from which contrast is called a strength: about two dynamic marks. */
const STRONG_CONTRAST_DB = 8;

const SKILL_AREA = "Dynamics";

/** A crescendo or diminuendo in words. */
export function describeChange(finding: Finding): Statement {
  const change = finding.evidence.change_db ?? 0;
  const length = finding.end - finding.start;
  const word = change > 0 ? "crescendo" : "diminuendo";
  const shaped = Math.abs(change) >= SHAPED_DB && length >= SHAPED_SECONDS;
  const where = `from ${clock(finding.start)} to ${clock(finding.end)}`;
  return {
    finding,
    topic: "dynamics",
    weight: shaped ? "strength" : "remark",
    category: SKILL_AREA,
    observation: `${shaped ? "A clear" : "A slight"} ${word} ${where}: ${plain(Math.abs(change))} dB over ${plain(length)} s.`,
    advice: shaped
      ? `If the score asks for a ${word} here, keep it. Let it last to its final note.`
      : `If the score asks for a ${word} here, it may be bolder: ${plain(Math.abs(change))} dB is easily missed. If it doesn't, listen whether it was meant.`,
    measured: `${plain(change)} dB over ${plain(length)} s`,
    exercise: shaped
      ? null
      : {
          topic: "dynamics",
          skillArea: SKILL_AREA,
          instruction: `Find ${clockSpan(finding.start, finding.end)} in the score. If it has a ${word}, play the passage three times with the first note and the last clearly apart in loudness; if it has none, three times at one level.`,
          minutes: 5,
          success: `the next recording shows ${SHAPED_DB} dB or more where a ${word} is written, and no change where none is`,
        },
  };
}

/** The loudest or softest passage in words. */
export function describeExtreme(finding: Finding): Statement {
  const contrast = finding.evidence.contrast_db ?? 0;
  const loudest = finding.kind === "loudest_passage";
  const strong = contrast >= STRONG_CONTRAST_DB;
  return {
    finding,
    topic: "dynamics",
    // The contrast is one strength, so only one of the two passages names it.
    weight: strong && loudest ? "strength" : "remark",
    category: SKILL_AREA,
    observation: `The ${loudest ? "loudest" : "softest"} passage is ${clockSpan(finding.start, finding.end)}, ${plain(contrast)} dB ${loudest ? "above the softest" : "below the loudest"}.`,
    advice: `Check that this is where the music wants its ${loudest ? "climax" : "quietest moment"}.`,
    measured: `${plain(contrast)} dB between the loudest and the softest passage`,
    exercise: null,
  };
}

/** A small dynamic range in words. */
export function describeNarrow(finding: Finding): Statement {
  const range = finding.evidence.dynamic_range_db ?? 0;
  return {
    finding,
    topic: "dynamics",
    weight: "area",
    category: SKILL_AREA,
    observation: `Loudness stays within ${plain(range)} dB from beginning to end.`,
    advice:
      "Choose the loudest and the softest place of the piece, and let everything else lie between the two.",
    measured: `${plain(range)} dB dynamic range`,
    exercise: {
      topic: "dynamics",
      skillArea: SKILL_AREA,
      instruction:
        "Play the first phrase as softly as every note still speaks, then as fully as the tone stays round, then from one to the other.",
      minutes: 8,
      success: `the dynamic range of the next recording is clearly above ${plain(range)} dB`,
    },
  };
}

/** A large dynamic range in words. */
export function describeWide(finding: Finding): Statement {
  const range = finding.evidence.dynamic_range_db ?? 0;
  return {
    finding,
    topic: "dynamics",
    weight: "strength",
    category: SKILL_AREA,
    observation: `A wide dynamic range: ${plain(range)} dB between the soft and the loud moments.`,
    advice: "Keep the soft end speaking: every note of the softest passage should still sound.",
    measured: `${plain(range)} dB dynamic range`,
    exercise: null,
  };
}
