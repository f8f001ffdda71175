import {
  type Analysis,
  DIMENSIONS,
  FindingKindSchema,
  HeardSchema,
  PERCEPTUAL_SCALES,
  type UserContext,
} from "@crescendai/contracts";
import fc from "fast-check";
import { EVIDENCE_KEYS } from "../../src/composition/evidence.ts";
import { type EarlierRecording, type History, MOST_EARLIER } from "../../src/composition/history.ts";
import { analysisOf, earlierOf, notesOf, readings, sectionOf } from "./heard-music.ts";

/*
 * Any analysis that keeps to the contract, any context, any history: plausible in its kinds, wild in its numbers.
 */

const LENGTH = 240;
const tenths = (min: number, max: number) =>
  fc.integer({ min: min * 10, max: max * 10 }).map((value) => value / 10);
const anySpan = fc
  .tuple(tenths(0, LENGTH - 4), tenths(1, 60))
  .map(([start, length]) => ({ start, end: Math.min(LENGTH, start + length) }));

/** Numbers as wide as what can be measured, by the unit in the name. */
function anyEvidence(key: string) {
  if (key.endsWith("_share")) return tenths(0, 10).map((value) => value / 10);
  if (key.endsWith("_ratio")) return tenths(0, 3);
  if (key.endsWith("_bpm")) return tenths(20, 240);
  if (key.endsWith("_percent")) return fc.oneof(tenths(-60, 60), tenths(0, 20));
  if (key.endsWith("_db")) return tenths(-60, 40);
  if (key.endsWith("_ms")) return tenths(0, 300);
  if (key.endsWith("_seconds")) return tenths(0, 30);
  return fc.integer({ min: 1, max: 400 });
}

const anyFinding = fc
  .constantFrom(...FindingKindSchema.options)
  .chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      span: anySpan,
      dimension: fc.option(fc.constantFrom(...DIMENSIONS)),
      strength: fc.double({ min: 0, max: 1, noNaN: true }),
      evidence: fc.record(Object.fromEntries(EVIDENCE_KEYS[kind].map((key) => [key, anyEvidence(key)]))),
    }),
  )
  .map(({ span, ...finding }) => ({ ...finding, ...span }));

const anySections = fc
  .array(
    fc.record({
      length: tenths(4, 30),
      loudness: tenths(-60, -5),
      against: fc.dictionary(fc.constantFrom(...DIMENSIONS), fc.integer({ min: -20, max: 20 })),
    }),
    { maxLength: 40 },
  )
  .map((sections) => {
    let end = 0;
    return sections.map(({ length, loudness, against }) => {
      const start = end;
      end = Math.round((start + length) * 10) / 10;
      return sectionOf(start, end, { against, loudness });
    });
  });

const anyDimensions = fc.oneof(
  fc.dictionary(fc.constantFrom(...DIMENSIONS), fc.integer({ min: 0, max: 100 })).map(readings),
  fc.constant(readings()).map((scored) => ({
    ...scored,
    note_accuracy: { score: null, uncertainty: null, basis: null, reason: "Too few notes." },
  })),
);

const anyPerception = fc.option(
  fc
    .tuple(...PERCEPTUAL_SCALES.map(() => fc.double({ min: 0, max: 1, noNaN: true })))
    .map((values) =>
      Object.fromEntries(PERCEPTUAL_SCALES.map((scale, index) => [scale, values[index] ?? 0.5])),
    ),
);

const anyNotes = fc.option(
  fc
    .record({
      unevenness_ms: fc.option(tenths(0, 80)),
      chord_spread_ms: fc.option(tenths(0, 80)),
      melody_over_accompaniment_db: fc.option(tenths(-15, 20)),
      duration_ratio: fc.option(tenths(0, 3)),
      pedal_blur: fc.option(tenths(0, 1)),
      restarts: fc.array(anySpan, { maxLength: 5 }),
    })
    .map(notesOf),
);

/** An analysis of any kind of sound, or of the one that's given. */
export function anyAnalysis(
  heard: fc.Arbitrary<Analysis["heard"]> = fc.constantFrom(...HeardSchema.options),
) {
  return fc
    .record({
      heard,
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      truncated: fc.boolean(),
      analysed_duration: fc.constantFrom(LENGTH, LENGTH / 2),
      dimensions: anyDimensions,
      perception: anyPerception,
      findings: fc.array(anyFinding, { maxLength: 14 }),
      sections: anySections,
      dynamic_range_db: fc.option(tenths(0, 40)),
      pauses: fc.array(anySpan, { maxLength: 6 }),
      tempo_bpm: fc.option(tenths(20, 240)),
      drift_percent: fc.option(tenths(-50, 50)),
      notes: anyNotes,
    })
    .map(({ perception, dynamic_range_db, pauses, tempo_bpm, drift_percent, notes, ...rest }) =>
      analysisOf({
        ...rest,
        duration: LENGTH,
        ...(perception === null
          ? { perception: null, perception_uncertainty: null }
          : { perception: { ...perceptionDefaults(), ...perception } }),
        measurements: {
          dynamic_range_db,
          pauses,
          notes,
          pulse: {
            tempo_bpm,
            clarity: 0.5,
            beat_deviation_percent: tempo_bpm === null ? null : 4.2,
            drift_percent: tempo_bpm === null ? null : drift_percent,
            supported_beats: 60,
            beats: 70,
          },
        },
      }),
    );
}

function perceptionDefaults() {
  const { perception } = analysisOf();
  if (perception === null) throw new Error("an analysis has a perception unless told otherwise");
  return perception;
}

export const anyHistory: fc.Arbitrary<History> = fc
  .array(
    fc.tuple(
      anyAnalysis(fc.constant<Analysis["heard"]>("music")),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 900 }),
    ),
    { maxLength: MOST_EARLIER },
  )
  .map((recordings) =>
    recordings
      .toSorted(([, , a], [, , b]) => a - b)
      .map(([analysis, same_music, days]): EarlierRecording => {
        const created_at = new Date(Date.parse("2026-11-23T09:00:00.000Z") - days * 86_400_000).toISOString();
        return earlierOf(analysis, { created_at, same_music });
      }),
  );

const GOALS = [
  "stop rushing",
  "cleaner pedal",
  "more singing melody",
  "even scales",
  "learn to improvise",
  "legato",
  "bring out the phrases",
  "be less nervous",
  "style of the baroque",
];

export const anyContext: fc.Arbitrary<UserContext> = fc.record({
  goals: fc.uniqueArray(fc.constantFrom(...GOALS), { maxLength: 6 }),
  constraints: fc.subarray(["20 minutes a day", "only 7 minutes", "an hour on Sundays", "small hands"]),
  repertoire: fc.subarray(["Für Elise", "Chopin, Waltz in A minor", "Czerny op. 299"]),
  experience_level: fc.option(fc.constantFrom("beginner", "intermediate", "advanced", "professional")),
  preferred_feedback_style: fc.constantFrom(null, "direct"),
  updated_at: fc.constant(null),
});
