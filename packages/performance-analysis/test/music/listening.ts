import type { Finding } from "@crescendai/contracts";
import { type FindingBasis, findFindings } from "../../src/findings/find-findings.ts";
import { measureLevels } from "../../src/music/levels.ts";
import { type Loudness, measureLoudness } from "../../src/music/loudness.ts";
import { type MeasuredScores, measuredScores } from "../../src/music/measured-scores.ts";
import type { HeardNote } from "../../src/music/note.ts";
import { type NoteReading, readNotes } from "../../src/music/note-reading.ts";
import { findPauses } from "../../src/music/pauses.ts";
import { measureSpan, type SpanMeasurements } from "../../src/music/span-measurements.ts";
import { toMeasurements } from "../../src/report.ts";
import { FRAME_RATE } from "../../src/signal/frames.ts";
import { asHeard, endOf, type PlayedNote } from "./performances.ts";

export type Heard = {
  readonly reading: NoteReading;
  readonly loudness: Loudness;
  readonly whole: SpanMeasurements;
  readonly scores: MeasuredScores;
  readonly findings: readonly Finding[];
  readonly seconds: number;
};

/** Power over time as the notes would give it: each a decaying string until its damper falls. */
export function powerOf(notes: readonly HeardNote[], seconds: number): Float32Array {
  const power = new Float32Array(Math.ceil(seconds * FRAME_RATE)).fill(1e-9);
  for (const { onset, offset, level } of notes) {
    const first = Math.max(0, Math.round(onset * FRAME_RATE));
    const last = Math.min(power.length, Math.round((offset + 0.1) * FRAME_RATE));
    for (let frame = first; frame < last; frame += 1) {
      const after = Math.max(0, frame / FRAME_RATE - offset);
      power[frame] += 10 ** ((level - 8 * (frame / FRAME_RATE - onset) - 200 * after - 12) / 10);
    }
  }
  return power;
}

/** Everything that is said of notes, without a sound to hear. */
export function hearNotes(notes: readonly HeardNote[], seconds: number): Heard {
  const power = powerOf(notes, seconds);
  const levels = measureLevels(power);
  const loudness = measureLoudness(power, levels);
  const silences = findPauses(levels, []);
  const reading = readNotes(notes, null, silences.pauses);
  const whole = measureSpan(reading, loudness, 0, seconds);
  const measurements = toMeasurements({
    loudness,
    levels,
    clipped: { spans: [], peak: -6 },
    analysed: seconds,
    onsets: reading.groups.map(({ time }) => ({ time, strength: 1 })),
    silences,
    unplayed: [],
    notes: { reading, whole },
  });
  const basis: FindingBasis = {
    heard: "music",
    analysed_duration: seconds,
    measurements,
    reading,
    whole,
    faults: { unlikePiano: null, hum: null, fall: null, levelsCovered: false, damaged: [], spoken: [] },
    played: { start: 0, end: seconds },
  };
  return { reading, loudness, whole, scores: measuredScores(whole), findings: findFindings(basis), seconds };
}

/** The same of a performance, as a transcriber hears it. */
export function hear(played: readonly PlayedNote[], seed = 1): Heard {
  return hearNotes(asHeard(played, seed), endOf(played) + 1);
}
