import type { Finding } from "@crescendai/contracts";
import { isDistorted } from "@crescendai/performance-analysis";
import type { Evidence } from "../evidence.ts";
import type { Telling } from "../register.ts";
import type { Statement } from "../statement.ts";
import { clock, counted, figure, span, whole } from "../wording.ts";

/** The recording is cut off at full scale. */
export function describeClipping(
  evidence: Evidence<"clipping">,
  finding: Finding,
  { duration }: Telling,
): Statement {
  const samples = counted(Math.round(evidence.clipped_samples), "sample");
  const around = clock(finding.start);
  const heavy = isDistorted([{ ...finding, count: evidence.clipped_samples }], duration);
  return aboutRecording(finding, {
    headline: heavy
      ? `The recording distorts heavily, most of all around ${around}.`
      : `The recording distorts around ${around}.`,
    observation: `${heavy ? "Much of the sound is" : "The loudest moments are"} cut off at full scale, most of all around ${around} (${samples} in all): how loud it was is lost.`,
    advice: "Lower the recording level, or move the microphone away, and record again.",
    measured: `${samples} at full scale`,
  });
}

/** The recording is very quiet. */
export function describeTooQuiet(evidence: Evidence<"too_quiet">, finding: Finding): Statement {
  const level = figure(evidence.mean_loudness_db);
  return aboutRecording(finding, {
    headline: "The recording is very quiet.",
    observation: `At ${level} dB relative to full scale, soft notes may be lost in the noise.`,
    advice: "Raise the recording level, or move the microphone closer, and record again.",
    measured: `${level} dB mean loudness`,
  });
}

/** A hum lies under the music. */
export function describeHum(evidence: Evidence<"hum">, finding: Finding): Statement {
  const pitch = whole(evidence.hum_hz);
  return aboutRecording(finding, {
    headline: "A hum lies under the music.",
    observation: `A steady hum of about ${pitch} Hz lies under the playing and covers soft notes in the bass.`,
    advice: "Record from a battery instead of a mains adapter, or move cables and lamps away.",
    measured: `${pitch} Hz`,
  });
}

/** The microphone stood far away: the room covers what the dampers do, or noise comes near the music. */
export function describeDistant(_evidence: Evidence<"distant">, finding: Finding): Statement {
  const above = finding.evidence.above_noise_db;
  const noisy = above !== undefined;
  return aboutRecording(finding, {
    headline: noisy ? "The piano hardly stands out from the noise." : "The piano sounds far away.",
    observation: noisy
      ? `The playing lies only about ${figure(above)} dB above the noise of room and microphone, so soft notes may be lost.`
      : "The room sounds on so long that note endings and pedal are hard to tell.",
    advice: "Put the microphone or phone one to two metres from the piano, and record again.",
    measured: noisy ? `${figure(above)} dB above the noise` : "the room's sound after the dampers",
  });
}

/** Part of the file is damaged. */
export function describeDamaged(evidence: Evidence<"damaged">, finding: Finding): Statement {
  const lost = figure(evidence.lost_seconds);
  return aboutRecording(finding, {
    headline: `The file is damaged at ${span(finding)}.`,
    observation: `In all about ${lost} s of the file can't be read, most of it from ${clock(finding.start)} on; nothing is said about that part.`,
    advice: "Send the original file again, or record again, if that part matters.",
    measured: `${lost} s lost`,
  });
}

/** Somebody speaks before, between or after the playing. */
export function describeTalk(evidence: Evidence<"talk">, finding: Finding): Statement {
  const seconds = counted(Math.max(1, Math.round(evidence.spoken_seconds)), "second");
  const where =
    evidence.places > 1
      ? `in ${evidence.places} places, the longest at ${span(finding)}`
      : `at ${span(finding)}`;
  return aboutRecording(finding, {
    headline: `Somebody speaks ${where}: that is left out.`,
    observation: `About ${seconds} of speech, ${where}, were left out of everything that is said here about the playing.`,
    advice:
      "Only the playing is judged, so you needn't record it again; leave a second of silence beside what is said.",
    measured: `${seconds} of speech`,
  });
}

/** Nothing sounds. */
export function describeSilence(evidence: Evidence<"silence">, finding: Finding): Statement {
  return aboutRecording(finding, {
    headline: "The recording is silent.",
    observation: "Nothing sounds from the beginning to the end.",
    advice: "Check that the right microphone is chosen and not muted, and record again.",
    measured: `${figure(evidence.level_db)} dB`,
  });
}

/** A tone that never changes. */
export function describeSteadyTone(evidence: Evidence<"steady_tone">, finding: Finding): Statement {
  return aboutRecording(finding, {
    headline: "A steady tone, no piano.",
    observation: "A tone sounds without change: nothing in it begins or dies away as a piano's note does.",
    advice: "If you did play, check the cable and the microphone for a hum, and record again.",
    measured: `${figure(evidence.level_db)} dB without change`,
  });
}

/** Noise. */
export function describeNoise(evidence: Evidence<"noise">, finding: Finding): Statement {
  return aboutRecording(finding, {
    headline: "Only noise, no notes.",
    observation: "Noise sounds all along, and no note stands out from it.",
    advice: "Check that the microphone is near the piano and no fan or rain covers it, and record again.",
    measured: `${figure(evidence.level_db)} dB of noise`,
  });
}

/** Somebody speaks. */
export function describeSpeech(_evidence: Evidence<"speech">, finding: Finding): Statement {
  return aboutRecording(finding, {
    headline: "Speech, no piano.",
    observation: `A voice is heard at ${span(finding)}, and no piano that could be judged.`,
    advice: "Leave out the introduction, or cut it off, and send the playing alone.",
    measured: "the sound of a voice",
  });
}

/** Something plays that is no piano. */
export function describeOtherInstrument(
  _evidence: Evidence<"other_instrument">,
  finding: Finding,
): Statement {
  return aboutRecording(finding, {
    headline: "This sounds like another instrument than a piano.",
    observation: `What sounds at ${span(finding)} isn't what a piano's strings and hammers sound like.`,
    advice:
      "Send a recording of a piano alone: everything here is made for that, and a guess for other instruments.",
    measured: "its overtones and how its notes begin",
  });
}

/** What plays may be no piano. */
export function describeUnlikePiano(_evidence: Evidence<"unlike_piano">, finding: Finding): Statement {
  return aboutRecording(finding, {
    headline: "This may be another instrument than a piano: take everything here as a guess.",
    observation:
      "The overtones aren't where a piano's strings put them, or the notes don't begin and keep their pitch as struck strings do: it may be a guitar, a harp or something else that plays, or a piano far out of tune.",
    advice:
      "If it is a piano in tune, record it again from one to two metres away, without other sounds; one that is out of tune can only be judged roughly.",
    measured: "overtones, or beginnings and pitch of notes, unlike a piano's",
  });
}

function aboutRecording(
  finding: Finding,
  words: Pick<Statement, "headline" | "observation" | "advice" | "measured">,
): Statement {
  return {
    finding,
    dimension: null,
    topic: "recording",
    weight: "remark",
    category: "Recording",
    ...words,
    exercise: null,
  };
}
