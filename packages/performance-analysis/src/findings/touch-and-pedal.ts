import type { Finding } from "@crescendai/contracts";
import { type Blur, blurOf } from "../music/blur.ts";
import { HELD_OVER, heldOverOf, isBound } from "../music/held-over.ts";
import type { NoteReading } from "../music/note-reading.ts";
import { boundOfMedian, boundOfShare, findPlace, over } from "../music/place.ts";
import type { SpanMeasurements } from "../music/span-measurements.ts";
import type { Touch } from "../music/touch.ts";
import { median, round } from "../signal/statistics.ts";
import { below, beyond, finding } from "./finding.ts";

/**
 * Sounding length over the distance to the next note, below which a stretch is detached. Legato is read as 1.0 to 1.2 (1.3 in a
 * room), staccato of 0.4 as 0.45 to 0.85.
 */
const DETACHED = 0.86;
/** Share of the notes that must be detached. */
const DETACHED_SHARE = 0.6;
const LEAST_NOTES = 8;
/** The share in well-bound playing, from which the strength counts. */
const USUALLY_HELD_OVER = 0.1;
/** Seconds to the next note up to which notes follow each other closely enough to say how they are joined. */
const LONGEST_DISTANCE = 0.5;
/**
 * Seconds to the next note from which it is heard that a note was let go early. A length of 0.35 of the distance is read as 0.45 to
 * 0.8 at 0.17 s and slower, but as 0.93 to 0.95, hardly less than legato, at 0.14 and 0.16 s: strings go on that long anyway.
 */
const LEAST_DISTANCE = 0.17;
/**
 * Share of a passage's notes that must be as slow for them to tell of all; where fewer are, so many of the quick ones must seem
 * detached too: 0.03 to 0.15 of those of a legato scale do, between chords that stand apart, 0.32 to 0.58 of staccato ones.
 */
const TELLING_SHARE = 0.25;
const QUICK_DETACHED = 0.25;
/**
 * Part of the rubbing notes that sound on, as far as it is heard, and the part that must be left less its uncertainty. Dry
 * playing is read as 0 to 0.05, up to 0.07 in a live room, a pedal changed with the harmony as up to 0.12, one held through
 * harmonies as 0.2 to 0.35 mostly, and up to 0.5.
 */
const LEAST_BLURRED = 0.15;
const BLURRED = 0.11;
const LEAST_CHANGES = 10;
/**
 * The most that may sound on, its uncertainty added, for a pedal to be called clear: what is changed with the harmony is read as
 * 0.01 to 0.03 where it is clean.
 */
const CLEAR = 0.045;
const LEAST_CLEAR_CHANGES = 16;
/** Share of sustained notes from which the pedal is in use: without one up to 0.22 are read as sustained, seldom 0.3. */
const PEDALLED = 0.23;
/** Where all of it is alike, there is no elsewhere: then it is compared with notes that just meet. */
const JOINED = 1;

/** Touch and pedal: passages that are detached or overlap while others don't, blur, and clear pedalling. */
export function touchFindings(reading: NoteReading, whole: SpanMeasurements): Finding[] {
  const fingers = reading.touches.filter(
    (touch) => touch.joining !== "sustained" && distanceOf(touch) <= LONGEST_DISTANCE,
  );
  return [...detachedFindings(fingers), ...overlappedFindings(reading), ...pedalFindings(reading, whole)];
}

function detachedFindings(fingers: readonly Touch[]): Finding[] {
  const [slow, quick] = [fingers.filter((touch) => !isQuick(touch)), fingers.filter(isQuick)];
  const detached = findPlace({
    items: slow,
    speaks: ({ ratio }) => over(DETACHED, ratio, 0.2),
    holds: (touches) =>
      touches.length >= LEAST_NOTES &&
      shareOf(touches, "detached") >= DETACHED_SHARE &&
      boundOfMedian(ratiosOf(touches), 1) <= DETACHED &&
      tellOfAll(touches, quick),
  });
  if (detached === null) return [];
  const strength = below(median(ratiosOf(detached.items)), DETACHED);
  const evidence = touchEvidence(detached.items, slow);
  return [finding("detached_passage", detached, "articulation_quality", strength, evidence)];
}

function isQuick(touch: Touch): boolean {
  return distanceOf(touch) < LEAST_DISTANCE;
}

/** Whether what a passage's slower notes tell holds of the quick ones among them. */
function tellOfAll(slow: readonly Touch[], quick: readonly Touch[]): boolean {
  const [from, to] = [slow[0].time, slow[slow.length - 1].time];
  const among = quick.filter(({ time }) => time >= from && time <= to);
  return (
    slow.length >= TELLING_SHARE * (slow.length + among.length) ||
    shareOf(among, "detached") >= QUICK_DETACHED
  );
}

function overlappedFindings({ heldOver, touches }: NoteReading): Finding[] {
  if (heldOver === null) return [];
  const share = heldOverOf(heldOver.items)?.share ?? 0;
  const strength = beyond(share - USUALLY_HELD_OVER, HELD_OVER - USUALLY_HELD_OVER);
  const fingers = touches.filter((touch) => isBound(touch) && touch.joining !== "sustained");
  const evidence = {
    ...touchEvidence(heldOver.items, fingers),
    // Of the notes that are held over: others lie among them that are joined.
    duration_ratio: round(median(ratiosOf(heldOver.items.filter((touch) => touch.heldOver))), 2),
  };
  return [finding("overlapped_passage", heldOver, "articulation_quality", strength, evidence)];
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

/** Blur before and after what fingers hold on: in there nothing is known of the pedal, nor is it called clear. */
function pedalFindings({ blurs, heldOver }: NoteReading, whole: SpanMeasurements): Finding[] {
  if (heldOver === null) {
    const blurred = blurFindings(blurs);
    return blurred.length > 0 ? blurred : clearFindings(blurs, whole);
  }
  return [
    ...blurFindings(blurs.filter(({ time }) => time < heldOver.start)),
    ...blurFindings(blurs.filter(({ time }) => time > heldOver.end)),
  ];
}

function blurFindings(blurs: readonly Blur[]): Finding[] {
  const blurred = findPlace({
    items: blurs,
    speaks: ({ rubbing, sounding }) => over(sounding / rubbing, BLURRED, BLURRED),
    holds: (some) =>
      some.length >= LEAST_CHANGES &&
      (blurOf(some) ?? 0) >= LEAST_BLURRED &&
      boundOfBlur(some, -1) >= BLURRED,
  });
  if (blurred === null) return [];
  const share = blurOf(blurred.items) ?? 0;
  const evidence = { blur_share: round(share, 2), changes: blurred.items.length };
  return [finding("pedal_blur", blurred, "pedaling_technique", beyond(share, BLURRED), evidence)];
}

function clearFindings(blurs: readonly Blur[], { sustained }: SpanMeasurements): Finding[] {
  if (sustained === null || sustained < PEDALLED || blurs.length < LEAST_CLEAR_CHANGES) return [];
  if (boundOfBlur(blurs, 1) > CLEAR) return [];
  const share = blurOf(blurs) ?? 0;
  const span = { start: blurs[0].time, end: blurs[blurs.length - 1].time };
  const evidence = { blur_share: round(share, 2), changes: blurs.length };
  return [finding("clear_pedal", span, "pedaling_technique", below(share, CLEAR), evidence)];
}

/** That share less (`side` −1) or more (1) its standard error; changes, not notes, are counted, as notes sound on together. */
function boundOfBlur(blurs: readonly Blur[], side: -1 | 1): number {
  return boundOfShare(blurOf(blurs) ?? 0, blurs.length, side);
}
