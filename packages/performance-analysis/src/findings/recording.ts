import type { Analysis, Finding } from "@crescendai/contracts";
import type { UnlikePiano } from "../music/heard.ts";
import type { Hum } from "../music/hum.ts";
import type { Span } from "../music/levels.ts";
import { hasQuietMoment } from "../music/pauses.ts";
import { clamp, round } from "../signal/statistics.ts";
import { below, beyond, finding } from "./finding.ts";

/** What is wrong with the recording itself, apart from what `measurements` tells. */
export type RecordingFaults = {
  /** Whether it may be, or plainly is, another instrument than a piano; null where it's a piano. */
  readonly unlikePiano: UnlikePiano | null;
  /** Mains hum under the music; null where there is none. */
  readonly hum: Hum | null;
  /** Median fall of a damped note within 93 ms, in dB; null where it wasn't heard. */
  readonly fall: number | null;
  /** How loud the playing was can't be told, by a hum or by clipping. */
  readonly levelsCovered: boolean;
  /** Stretches that couldn't be decoded. */
  readonly damaged: readonly Span[];
  /** Stretches in which somebody speaks, which aren't judged. */
  readonly spoken: readonly Span[];
};

/** Mean loudness in dB under which a recording is too quiet to be heard well. */
const QUIET_DB = -45;
/** Clipped samples a second within a stretch that are plainly audible. */
const AUDIBLE_CLIPPING = 50;
/** dB within 93 ms under which the room sounds on louder than dampers can be heard: 9 in a room of 0.9 s at 3 dB. */
const DISTANT_FALL = 7.8;
/** dB of the music over the noise of room and microphone under which it was recorded from too far. */
const LEAST_ABOVE_NOISE = 16;

/** Seconds of speech that are a strength of 1. */
const TALKATIVE = 60;

/** Faults of the recording, most harmful first. */
export function recordingFindings(
  { analysed_duration: end, measurements }: Pick<Analysis, "analysed_duration" | "measurements">,
  faults: RecordingFaults,
): Finding[] {
  const whole = { start: 0, end };
  const findings = [...damaged(faults.damaged), ...clipping(measurements), ...talk(faults.spoken)];
  if (faults.unlikePiano !== null) {
    const kind = faults.unlikePiano === "plainly" ? "other_instrument" : "unlike_piano";
    findings.unshift(finding(kind, whole, null, 1, {}));
  }
  const level = measurements.mean_loudness_db;
  if (level !== null && level < QUIET_DB) {
    const evidence = { mean_loudness_db: level, peak_db: measurements.peak_db };
    findings.push(
      finding("too_quiet", whole, null, round(clamp((QUIET_DB - level) / 15, 0, 1), 2), evidence),
    );
  }
  if (faults.hum !== null) {
    const evidence = { hum_hz: faults.hum.frequency, hum_db: round(faults.hum.level, 1) };
    findings.push(
      finding("hum", whole, null, round(clamp((faults.hum.level + 45) / 40, 0.05, 1), 2), evidence),
    );
  }
  const distance = distant(measurements, faults.fall);
  if (distance !== null) findings.push(finding("distant", whole, null, distance.strength, distance.evidence));
  return findings;
}

function damaged(spans: readonly Span[]): Finding[] {
  if (spans.length === 0) return [];
  const lost = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const longest = spans.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a));
  const evidence = { lost_seconds: round(lost, 2), places: spans.length };
  return [finding("damaged", longest, null, round(clamp(lost / 5, 0.05, 1), 2), evidence)];
}

function talk(spans: readonly Span[]): Finding[] {
  if (spans.length === 0) return [];
  const seconds = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const longest = spans.reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a));
  const evidence = { spoken_seconds: round(seconds, 1), places: spans.length };
  return [finding("talk", longest, null, round(clamp(seconds / TALKATIVE, 0.05, 1), 2), evidence)];
}

function clipping({ clipping: spans, peak_db }: Analysis["measurements"]): Finding[] {
  const worst = spans.reduce<(typeof spans)[number] | null>(
    (a, b) => (a === null || b.count > a.count ? b : a),
    null,
  );
  if (worst === null) return [];
  const clipped = spans.reduce((sum, { count }) => sum + count, 0);
  const seconds = spans.reduce((sum, { start, end }) => sum + Math.max(0.1, end - start), 0);
  const evidence = { clipped_samples: clipped, stretches: spans.length, peak_db };
  const strength = round(clamp(clipped / seconds / AUDIBLE_CLIPPING, 0, 1), 2);
  return [{ kind: "clipping", start: worst.start, end: worst.end, dimension: null, strength, evidence }];
}

function distant(measurements: Analysis["measurements"], fall: number | null) {
  const { mean_loudness_db: level, noise_floor_db: noise } = measurements;
  if (fall !== null && fall < DISTANT_FALL) {
    return { strength: below(fall, DISTANT_FALL), evidence: { damping_db: round(fall, 1) } };
  }
  if (level === null || noise === null || !hasQuietMoment(measurements)) return null;
  const above = level - noise;
  if (above >= LEAST_ABOVE_NOISE) return null;
  return {
    strength: beyond(LEAST_ABOVE_NOISE, Math.max(1, above)),
    evidence: { above_noise_db: round(above, 1) },
  };
}
