import type { Finding } from "@crescendai/contracts";
import type { HarmonyChange } from "../music/harmony.ts";
import type { NoteReading } from "../music/note-reading.ts";
import type { SpanMeasurements } from "../music/span-measurements.ts";
import type { Touch } from "../music/touch.ts";
import { mean, median, round } from "../signal/statistics.ts";
import { below, beyond, finding } from "./finding.ts";
import { findStretch, type Stretch } from "./stretch.ts";

/**
 * Sounding length over the distance to the next note, below which a stretch is detached and above which it overlaps. Legato is
 * read as 1.0 to 1.2 (1.3 in a room), staccato of 0.4 as 0.45 to 0.8, fingers held on by 0.6 of a note as 1.45 to 1.9.
 */
const DETACHED = 0.8;
const OVERLAPPED = 1.42;
/** Share of the notes that must be so. */
const LEAST_SHARE = 0.45;
const LEAST_NOTES = 8;
/** Share of sustained notes above which overlapping is the pedal's doing. */
const LARGEST_SUSTAINED = 0.3;
/** Mean part of the rubbing notes that sound on: dry playing is read as 0 to 0.05 (0.1 in a room), over-pedalled as 0.2 to 0.5. */
const BLURRED = 0.18;
const CLEAR = 0.06;
const LEAST_CHANGES = 8;
const LEAST_CLEAR_CHANGES = 16;
/** Share of sustained notes from which the pedal is in use, so that its clearness is worth a word. */
const PEDALLED = 0.15;
/** Where all of it is alike, there is no elsewhere: then it is compared with notes that just meet. */
const JOINED = 1;

/** Touch and pedal: passages that are detached or overlap while others don't, blur, and clear pedalling. */
export function touchFindings(reading: NoteReading, whole: SpanMeasurements): Finding[] {
  const findings: Finding[] = [];
  const fingers = reading.touches.filter(({ joining }) => joining !== "sustained");
  const statistic = (touches: readonly Touch[]) => median(touches.map(({ ratio }) => ratio));
  const detached = findStretch({
    items: fingers,
    statistic,
    exceeds: (value) => value <= DETACHED,
    least: LEAST_NOTES,
  });
  if (detached !== null && detached.value <= DETACHED && shareOf(detached, "detached") >= LEAST_SHARE) {
    const evidence = touchEvidence(detached, fingers);
    findings.push(
      finding(
        "detached_passage",
        detached,
        "articulation_quality",
        below(detached.value, DETACHED),
        evidence,
      ),
    );
  }
  const overlapped = findStretch({
    items: fingers,
    statistic,
    exceeds: (value) => value >= OVERLAPPED,
    least: LEAST_NOTES,
  });
  const pedalled = (whole.sustained ?? 0) > LARGEST_SUSTAINED;
  if (
    overlapped !== null &&
    !pedalled &&
    overlapped.value >= OVERLAPPED &&
    shareOf(overlapped, "overlapped") >= LEAST_SHARE
  ) {
    // From 1: notes that just meet don't overlap at all.
    const strength = beyond(overlapped.value - JOINED, OVERLAPPED - JOINED);
    const evidence = touchEvidence(overlapped, fingers);
    findings.push(finding("overlapped_passage", overlapped, "articulation_quality", strength, evidence));
  }
  return [...findings, ...pedalFindings(reading.changes, whole)];
}

function shareOf({ items }: Stretch<Touch>, joining: Touch["joining"]): number {
  return items.filter((touch) => touch.joining === joining).length / items.length;
}

function touchEvidence(stretch: Stretch<Touch>, fingers: readonly Touch[]) {
  const elsewhere = fingers.filter(({ time }) => time < stretch.start || time > stretch.end);
  return {
    duration_ratio: round(stretch.value, 2),
    elsewhere_ratio:
      elsewhere.length < LEAST_NOTES ? JOINED : round(median(elsewhere.map(({ ratio }) => ratio)), 2),
    notes: stretch.items.length,
  };
}

function pedalFindings(changes: readonly HarmonyChange[], whole: SpanMeasurements): Finding[] {
  const statistic = (some: readonly HarmonyChange[]) => mean(some.map(({ blurred }) => blurred));
  const blurred = findStretch({
    items: changes,
    statistic,
    exceeds: (value) => value >= BLURRED,
    least: LEAST_CHANGES,
  });
  if (blurred !== null && blurred.value >= BLURRED) {
    const evidence = { blur_share: round(blurred.value, 2), changes: blurred.items.length };
    return [finding("pedal_blur", blurred, "pedaling_technique", beyond(blurred.value, BLURRED), evidence)];
  }
  const { blur, sustained } = whole;
  if (blur === null || sustained === null || blur > CLEAR || sustained < PEDALLED) return [];
  if (changes.length < LEAST_CLEAR_CHANGES) return [];
  const span = { start: changes[0].time, end: changes[changes.length - 1].time };
  const evidence = { blur_share: round(blur, 2), changes: changes.length };
  return [finding("clear_pedal", span, "pedaling_technique", below(blur, CLEAR), evidence)];
}
