import type { Finding } from "@crescendai/contracts";
import { type Blur, blurOf } from "../music/blur.ts";
import type { NoteReading } from "../music/note-reading.ts";
import type { SpanMeasurements } from "../music/span-measurements.ts";
import { heldByFingers, type Touch } from "../music/touch.ts";
import { median, round } from "../signal/statistics.ts";
import { below, beyond, finding } from "./finding.ts";
import { boundOfMedian, boundOfQuantile, findPlace, over } from "./place.ts";

/**
 * Sounding length over the distance to the next note, below which a stretch is detached. Legato is read as 1.0 to 1.2 (1.3 in a
 * room), staccato of 0.4 as 0.45 to 0.85.
 */
const DETACHED = 0.86;
/** Share of the notes that must be detached. */
const DETACHED_SHARE = 0.6;
const LEAST_NOTES = 8;
/**
 * The ratio that all but `LOWER` of the notes must reach for a stretch to overlap: fingers held on by 0.6 of a note make
 * nearly all of them long; two voices in one hand, or the pedal, make some long and leave the others as they are.
 */
const OVERLAPPED = 1.25;
const LOWER = 0.35;
const LEAST_OVERLAPPED = 16;
/** Share of the notes that must go on well into the next one. */
const OVERLAPPED_SHARE = 0.68;
/** Seconds to the next note up to which notes follow each other closely enough to say how they are joined. */
const LONGEST_DISTANCE = 0.5;
/**
 * Seconds to the next note from which it is heard that a note was let go early. A length of 0.35 of the distance is read as 0.45 to
 * 0.8 at 0.17 s and slower, but as 0.93 to 0.95, hardly less than legato, at 0.14 and 0.16 s: strings go on that long anyway.
 */
const LEAST_DISTANCE = 0.17;
/** `heldByFingers` under which overlapping is the pedal's doing. */
const HELD_BY_FINGERS = 0.55;
/**
 * Part of the rubbing notes that sound on, as far as it is heard. Dry playing is read as 0 to 0.03, a pedal held through
 * harmonies as 0.2 on a piano that dies away soon, and up to 0.65.
 */
const BLURRED = 0.13;
/** The part that must be read for it, before its uncertainty: a dry piano in a large, live room is read as 0.16. */
const LEAST_BLURRED = 0.18;
const CLEAR = 0.06;
const LEAST_CHANGES = 10;
const LEAST_CLEAR_CHANGES = 16;
/** Share of sustained notes from which the pedal is in use, so that its clearness is worth a word. */
const PEDALLED = 0.18;
/** Where all of it is alike, there is no elsewhere: then it is compared with notes that just meet. */
const JOINED = 1;

/** Touch and pedal: passages that are detached or overlap while others don't, blur, and clear pedalling. */
export function touchFindings(reading: NoteReading, whole: SpanMeasurements): Finding[] {
  const fingers = reading.touches.filter(
    (touch) => touch.joining !== "sustained" && distanceOf(touch) <= LONGEST_DISTANCE,
  );
  const pedal = pedalFindings(reading.blurs, whole);
  const blurred = pedal.some(({ kind }) => kind === "pedal_blur");
  const overlapped = blurred ? [] : overlappedFindings(fingers.filter(isBound), reading.touches);
  const slow = fingers.filter((touch) => distanceOf(touch) >= LEAST_DISTANCE);
  return [...detachedFindings(slow), ...overlapped, ...pedal];
}

function detachedFindings(fingers: readonly Touch[]): Finding[] {
  const detached = findPlace({
    items: fingers,
    speaks: ({ ratio }) => over(DETACHED, ratio, 0.2),
    holds: (touches) =>
      touches.length >= LEAST_NOTES &&
      shareOf(touches, "detached") >= DETACHED_SHARE &&
      boundOfMedian(ratiosOf(touches), 1) <= DETACHED,
  });
  if (detached === null) return [];
  const strength = below(median(ratiosOf(detached.items)), DETACHED);
  const evidence = touchEvidence(detached.items, fingers);
  return [finding("detached_passage", detached, "articulation_quality", strength, evidence)];
}

function overlappedFindings(fingers: readonly Touch[], touches: readonly Touch[]): Finding[] {
  const overlapped = findPlace({
    items: fingers,
    speaks: ({ ratio }) => over(ratio, OVERLAPPED, 0.2),
    holds: (some) =>
      some.length >= LEAST_OVERLAPPED &&
      shareOf(some, "overlapped") >= OVERLAPPED_SHARE &&
      boundOfQuantile(ratiosOf(some), LOWER, -1) >= OVERLAPPED,
  });
  if (overlapped === null) return [];
  const around = touches.filter(({ time }) => time >= overlapped.start && time <= overlapped.end);
  if ((heldByFingers(around) ?? 0) < HELD_BY_FINGERS) return [];
  // From 1: notes that just meet don't overlap at all.
  const ratio = median(ratiosOf(overlapped.items));
  const strength = beyond(ratio - JOINED, OVERLAPPED - JOINED);
  const evidence = touchEvidence(overlapped.items, fingers);
  return [finding("overlapped_passage", overlapped, "articulation_quality", strength, evidence)];
}

/** Whether fingers could bind a note to the next one: a key that is struck again must come up before. */
function isBound({ repeated }: Touch): boolean {
  return !repeated;
}

/** Seconds from a note to the next one of its voice. */
function distanceOf({ note, ratio }: Touch): number {
  return (note.offset - note.onset) / ratio;
}

function ratiosOf(touches: readonly Touch[]): number[] {
  return touches.map(({ ratio }) => ratio);
}

function shareOf(touches: readonly Touch[], joining: Touch["joining"]): number {
  return touches.filter((touch) => touch.joining === joining).length / touches.length;
}

function touchEvidence(touches: readonly Touch[], fingers: readonly Touch[]) {
  const inside = new Set(touches);
  const elsewhere = fingers.filter((touch) => !inside.has(touch));
  return {
    duration_ratio: round(median(ratiosOf(touches)), 2),
    elsewhere_ratio: elsewhere.length < LEAST_NOTES ? JOINED : round(median(ratiosOf(elsewhere)), 2),
    notes: touches.length,
  };
}

function pedalFindings(blurs: readonly Blur[], { sustained }: SpanMeasurements): Finding[] {
  const blurred = findPlace({
    items: blurs,
    speaks: ({ rubbing, sounding }) => over(sounding / rubbing, BLURRED, BLURRED),
    holds: (some) =>
      some.length >= LEAST_CHANGES &&
      (blurOf(some) ?? 0) >= LEAST_BLURRED &&
      boundOfBlur(some, -1) >= BLURRED,
  });
  if (blurred !== null) {
    const share = blurOf(blurred.items) ?? 0;
    const evidence = { blur_share: round(share, 2), changes: blurred.items.length };
    return [finding("pedal_blur", blurred, "pedaling_technique", beyond(share, BLURRED), evidence)];
  }
  if (sustained === null || sustained < PEDALLED || blurs.length < LEAST_CLEAR_CHANGES) return [];
  if (boundOfBlur(blurs, 1) > CLEAR) return [];
  const share = blurOf(blurs) ?? 0;
  const span = { start: blurs[0].time, end: blurs[blurs.length - 1].time };
  const evidence = { blur_share: round(share, 2), changes: blurs.length };
  return [finding("clear_pedal", span, "pedaling_technique", below(share, CLEAR), evidence)];
}

/** That share less (`side` −1) or more (1) its standard error; changes, not notes, are counted, as notes sound on together. */
function boundOfBlur(blurs: readonly Blur[], side: -1 | 1): number {
  const share = blurOf(blurs) ?? 0;
  return share + side * Math.sqrt((share * (1 - share)) / blurs.length);
}
