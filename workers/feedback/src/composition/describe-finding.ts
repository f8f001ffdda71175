import type { Finding } from "@crescendai/contracts";
import { describeChange, describeExtreme, describeNarrow, describeWide } from "./describe-dynamics.ts";
import { describeDrift, describePause, describeSteady, describeUnsteady } from "./describe-timing.ts";
import type { Statement } from "./statement.ts";
import { clock, plain } from "./wording.ts";

/** Puts one finding into words; says nothing that its evidence doesn't hold. `duration` is the recording's, in s. */
export function describeFinding(finding: Finding, duration: number): Statement {
  switch (finding.kind) {
    case "crescendo":
    case "diminuendo":
      return describeChange(finding);
    case "loudest_passage":
    case "softest_passage":
      return describeExtreme(finding);
    case "narrow_dynamics":
      return describeNarrow(finding);
    case "wide_dynamics":
      return describeWide(finding);
    case "pause":
      return describePause(finding);
    case "tempo_drift":
      return describeDrift(finding, duration);
    case "steady_pulse":
      return describeSteady(finding);
    case "unsteady_pulse":
      return describeUnsteady(finding);
    case "clipping":
      return aboutRecording(
        finding,
        `The recording is cut off at full scale around ${clock(finding.start)} (${plain(finding.evidence.clipped_samples ?? 0)} samples in all): its loudest moments are distorted.`,
        "Lower the recording level, or move the microphone away, and record again.",
        `${plain(finding.evidence.clipped_samples ?? 0)} samples at full scale`,
      );
    case "too_quiet":
      return aboutRecording(
        finding,
        `The recording is very quiet (${plain(finding.evidence.mean_loudness_db ?? 0)} dB relative to full scale), so soft notes may be lost in noise.`,
        "Raise the recording level, or move the microphone closer, and record again.",
        `${plain(finding.evidence.mean_loudness_db ?? 0)} dB mean loudness`,
      );
    case "silence":
      return aboutRecording(
        finding,
        "Nothing was heard: the recording is silent.",
        "Check that the right microphone is chosen and not muted, and record again.",
        `${plain(finding.evidence.level_db ?? -120)} dB`,
      );
    case "steady_tone":
      return aboutRecording(
        finding,
        "A steady tone was heard, not piano playing: nothing in it begins or dies away like a note.",
        "If you did play, check the cable and the microphone for a hum, and record again.",
        `${plain(finding.evidence.level_db ?? 0)} dB without change`,
      );
    case "noise":
      return aboutRecording(
        finding,
        "Only noise was heard, no notes.",
        "Check that the microphone is near the piano and no fan or rain covers it, and record again.",
        `${plain(finding.evidence.level_db ?? 0)} dB of noise`,
      );
  }
}

function aboutRecording(finding: Finding, observation: string, advice: string, measured: string): Statement {
  return {
    finding,
    topic: "recording",
    weight: "area",
    category: "Recording",
    observation,
    advice,
    measured,
    exercise: null,
  };
}
