/** How well the judgement of instruments does, in percent. */

import { tellInstrument } from "@crescendai/performance-analysis/instrument";
import type { InstrumentSample } from "./fit-instrument.ts";
import type { HeardSubject } from "./hear-subject.ts";
import { ELECTRIC_GRAND, type Subject } from "./subject.ts";

/** A subject that was heard, with the odds that a fit gives it; null where no note tells. */
export interface JudgedSubject {
  readonly subject: Subject;
  readonly heard: HeardSubject;
  readonly odds: number | null;
}

/** Confidence under which feedback calls everything rough (`isRough` of the feedback worker). */
const LITTLE = 0.6;

/** What people play at home as they play the piano counts more. */
const WEIGHTS: ReadonlyMap<string, number> = new Map([
  ["guitar", 3],
  ["harp", 3],
]);
const NOT_OTHERS = ["piano", ELECTRIC_GRAND, "speech"];

/** Lines for each kind of subject, and for pianos apart: how many were named (as what) and how many doubted. */
export function reportLines(judged: readonly JudgedSubject[]): string[] {
  const kinds = [...new Set(judged.map(({ subject }) => subject.kind))].sort();
  const others = judged.filter(({ subject }) => !NOT_OTHERS.includes(subject.kind));
  return [
    ...kinds.map((kind) =>
      line(
        kind,
        judged.filter(({ subject }) => subject.kind === kind),
      ),
    ),
    line("all but pianos and speech", others),
  ];
}

function line(name: string, judged: readonly JudgedSubject[]): string {
  const readings = judged.map(({ heard, odds }) =>
    tellInstrument(
      heard.kind,
      {
        timbre: heard.timbre,
        piano: odds === null ? null : { odds, notes: heard.notes.length },
        stray: () => heard.stray,
      },
      false,
    ),
  );
  const share = (count: number) => `${((100 * count) / Math.max(1, readings.length)).toFixed(1)} %`;
  const named = readings.filter(({ heard }) => heard !== "music").length;
  const speech = readings.filter(({ heard }) => heard === "speech").length;
  const doubted = readings.filter(({ heard, confidence }) => heard === "music" && confidence < LITTLE).length;
  return `${name}: ${readings.length}; named ${share(named)} (speech ${share(speech)}), doubted ${share(doubted)}`;
}

/** What a fit is made from; null where no note was described, which no fit can use. */
export function sampleOf(subject: Subject, { notes }: HeardSubject): InstrumentSample | null {
  if (notes.length === 0) return null;
  return {
    isPiano: subject.kind === "piano",
    source: sourceOf(subject),
    weight: WEIGHTS.get(subject.kind) ?? 1,
    notes,
  };
}

/** Pianos of one soundfont count as one source, together with its other instruments. */
function sourceOf({ piano, preset, kind }: Subject): string {
  if (preset !== null) return preset.font.slice(0, 4).toLowerCase();
  return piano === null ? kind : piano.slice(0, 4).toLowerCase();
}
