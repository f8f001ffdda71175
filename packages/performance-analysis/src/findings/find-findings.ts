import type { Analysis, Finding, Heard } from "@crescendai/contracts";
import type { Span } from "../music/levels.ts";
import type { NoteReading } from "../music/note-reading.ts";
import type { SpanMeasurements } from "../music/span-measurements.ts";
import { apartFromDamage } from "./damage.ts";
import { dynamicsFindings } from "./dynamics.ts";
import { finding } from "./finding.ts";
import { type RecordingFaults, recordingFindings } from "./recording.ts";
import { timeFindings } from "./time.ts";
import { touchFindings } from "./touch-and-pedal.ts";

/** What findings rest on. */
export type FindingBasis = Pick<Analysis, "heard" | "analysed_duration" | "measurements"> & {
  /** The notes and what they say of the whole; null where none were recognised. */
  readonly reading: NoteReading | null;
  readonly whole: SpanMeasurements | null;
  readonly faults: RecordingFaults;
  /** What is judged of the recording, in seconds. */
  readonly played: Span;
};

/** How many of a kind are mentioned at most, and how many in all: a player can work on few things at once. */
const MOST_PER_KIND = 2;
const MOST_FINDINGS = 14;
/** Most of them that are about loudness: every piece has its rises and falls. */
const MOST_ARCS = 3;

/** Kinds of sound that are a finding in themselves. */
const NAMED = ["silence", "steady_tone", "noise", "speech", "other_instrument"] as const;

function isNamed(heard: Heard): heard is (typeof NAMED)[number] {
  return NAMED.some((kind) => kind === heard);
}

/** What is worth saying about the measurements, most important first: faults of the recording, then by strength. */
export function findFindings(basis: FindingBasis): Finding[] {
  const { heard, analysed_duration: end, measurements, reading, whole, faults } = basis;
  if (isNamed(heard)) {
    const level = measurements.mean_loudness_db ?? measurements.peak_db;
    return [finding(heard, { start: 0, end }, null, 1, { level_db: level })];
  }
  if (heard !== "music") return [];
  const ofRecording = recordingFindings(basis, faults);
  const musical = [
    ...(faults.levelsCovered ? [] : dynamicsFindings(basis, whole, reading)),
    ...timeFindings(measurements.pauses, reading),
    ...(reading !== null && whole !== null ? touchFindings(reading, whole) : []),
  ];
  const chosen: Finding[] = [];
  for (const one of apartFromDamage(musical, faults.damaged, faults.spoken).sort(
    (a, b) => b.strength - a.strength || a.start - b.start,
  )) {
    const alike = chosen.filter(({ kind }) => kind === one.kind).length;
    const arcs = chosen.filter(({ kind }) => isArc(kind)).length;
    if (alike >= MOST_PER_KIND || (isArc(one.kind) && arcs >= MOST_ARCS)) continue;
    if (chosen.length < MOST_FINDINGS - ofRecording.length) chosen.push(one);
  }
  return [...ofRecording, ...chosen];
}

function isArc(kind: Finding["kind"]): boolean {
  return kind === "crescendo" || kind === "diminuendo";
}
