import * as v from "valibot";
import { CountSchema } from "./common.ts";
import { DIMENSIONS, DimensionSchema, entriesFor, PERCEPTUAL_SCALES } from "./dimensions.ts";

/** 0 to 1. */
const FractionSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Seconds from the start of the recording, or a length in seconds. */
const SecondsSchema = v.pipe(v.number(), v.minValue(0));
/** A stretch of the recording, in seconds from its start. */
const spanEntries = { start: SecondsSchema, end: SecondsSchema };

/**
 * What kind of sound the recording holds. `music`: a piano, as far as can be heard. `unclear`: there is sound that is
 * none of the others, but nothing in it begins the way a struck note does. `too_short`: less than five seconds.
 */
export const HeardSchema = v.picklist([
  "music",
  "silence",
  "steady_tone",
  "noise",
  "speech",
  "other_instrument",
  "unclear",
  "too_short",
]);
export type Heard = v.InferOutput<typeof HeardSchema>;

/** One of the twelve dimensions: a score from 0 to 100 with its uncertainty in points, or the reason for none. */
export const DimensionReadingSchema = v.strictObject({
  score: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  /** Half-width of the 80 % interval, in points. */
  uncertainty: v.nullable(v.pipe(v.number(), v.minValue(0))),
  /**
   * What the score rests on: `measured` in this recording (timing, levels, note lengths), `rated` by the model of
   * listeners' ratings, or both; null where there is no score.
   */
  basis: v.nullable(v.picklist(["measured", "rated", "both"])),
  /** Why there is no score, as a sentence for the player; null where there is one. */
  reason: v.nullable(v.string()),
});
export type DimensionReading = v.InferOutput<typeof DimensionReadingSchema>;

/** What can be found; what each one's evidence holds is said in docs/analysis.md. */
export const FindingKindSchema = v.picklist([
  // About the recording: how far it can be judged.
  "silence",
  "steady_tone",
  "noise",
  "speech",
  "other_instrument",
  "unlike_piano",
  "clipping",
  "too_quiet",
  "hum",
  "distant",
  "damaged",
  "talk",
  // Dynamics and balance.
  "crescendo",
  "diminuendo",
  "loudest_passage",
  "softest_passage",
  "narrow_dynamics",
  "wide_dynamics",
  "melody_voiced",
  "melody_buried",
  // Time.
  "pause",
  "hold",
  "restart",
  "tempo_drift",
  "steady_pulse",
  "unsteady_pulse",
  "even_runs",
  "uneven_runs",
  "chords_together",
  "chords_not_together",
  // Touch and pedal.
  "detached_passage",
  "overlapped_passage",
  "pedal_blur",
  "clear_pedal",
]);
export type FindingKind = v.InferOutput<typeof FindingKindSchema>;

/** One thing that was heard, where, and the numbers it rests on. */
export const FindingSchema = v.strictObject({
  kind: FindingKindSchema,
  ...spanEntries,
  /** The dimension it speaks to; null where it is about the recording or could be the music's own doing. */
  dimension: v.nullable(DimensionSchema),
  /** How far beyond the threshold for being mentioned at all: 0 at the threshold, 0.5 at twice it, towards 1. */
  strength: FractionSchema,
  /** Numbers with the unit in their name, such as `change_db`, `pause_seconds`, `tempo_change_percent`. */
  evidence: v.record(v.string(), v.number()),
});
export type Finding = v.InferOutput<typeof FindingSchema>;

/** A stretch of the recording between two natural cuts. */
export const SectionSchema = v.strictObject({
  ...spanEntries,
  /** What its end was cut at: a pause, a valley in the loudness, an even division for want of either, the end. */
  cut: v.picklist(["pause", "valley", "even", "end"]),
  /** Mean loudness of its sounding part, in dB relative to full scale; null where all of it is silent. */
  mean_loudness_db: v.nullable(v.number()),
  onsets_per_second: v.pipe(v.number(), v.minValue(0)),
  /**
   * How this stretch stands against the whole recording in each dimension, in points: positive is better than the
   * whole. Null where it is too short to be judged, or the dimension has no score.
   */
  against_whole: v.strictObject(entriesFor(DIMENSIONS, v.nullable(v.number()))),
});
export type Section = v.InferOutput<typeof SectionSchema>;

const LevelledSpanSchema = v.strictObject({ ...spanEntries, loudness_db: v.number() });

/** Beats per minute, of the beat the listener followed; it may be half or double of what the score counts. */
const TempoSchema = v.pipe(v.number(), v.minValue(1));

/** The beat, as far as one can be followed. */
export const PulseSchema = v.strictObject({
  /** Median tempo in beats per minute; null where no pulse is clear enough to claim one. */
  tempo_bpm: v.nullable(TempoSchema),
  /**
   * 0 to 1: how strongly the onsets repeat at one spacing (the height of the autocorrelation of the onset strength
   * at the beat, as in Lartillot et al., ISMIR 2008). A metronome is near 1, free recitative near 0.
   */
  clarity: FractionSchema,
  /**
   * How far a beat's length typically departs from its neighbours', in % (scaled median absolute deviation).
   * About 1 is a metronome as heard through our ears, 2 to 4 steady playing.
   */
  beat_deviation_percent: v.nullable(v.pipe(v.number(), v.minValue(0))),
  /** Median tempo of the last third against the first third, in %; positive is faster. */
  drift_percent: v.nullable(v.number()),
  /** Beats that coincide with an onset, and all beats that were followed. */
  supported_beats: CountSchema,
  beats: CountSchema,
});
export type Pulse = v.InferOutput<typeof PulseSchema>;

const NonNegativeSchema = v.pipe(v.number(), v.minValue(0));

/** What the notes that were recognised say of the playing; null where too few of them speak to a question. */
export const NoteMeasurementsSchema = v.strictObject({
  count: CountSchema,
  /** Lowest and highest MIDI pitch. */
  range: v.nullable(v.strictObject({ lowest: v.number(), highest: v.number() })),
  /** Running notes: deviation of onsets from an even spacing that follows the local tempo (scaled median, ms). */
  unevenness_ms: v.nullable(NonNegativeSchema),
  running_notes: CountSchema,
  /** Notes struck as a chord: median time from the first to the last of them, ms. */
  chord_spread_ms: v.nullable(NonNegativeSchema),
  chords: CountSchema,
  /** By how much the top voice is struck harder than what is below it, in dB of velocity (40 · log10, median). */
  melody_over_accompaniment_db: v.nullable(v.number()),
  /** Range of the notes' levels, 90th minus 10th percentile, dB. */
  level_range_db: v.nullable(NonNegativeSchema),
  /** Sounding length over the time to the next note of the same voice (median): 1 is joined, 0.5 detached. */
  duration_ratio: v.nullable(NonNegativeSchema),
  /** Of what clashes with what follows it, weighted by how harshly, the part that goes on sounding, 0 to 1. */
  pedal_blur: v.nullable(FractionSchema),
  /** Share of the notes that sound on past the next note of their voice as only a pedal would hold them, 0 to 1. */
  sustained_share: v.nullable(FractionSchema),
  /** Places where what had just been played was begun again. */
  restarts: v.array(v.strictObject(spanEntries)),
});
export type NoteMeasurements = v.InferOutput<typeof NoteMeasurementsSchema>;

/** Everything the listener measured; lists are bounded, so that an analysis stays small however long the file. */
export const MeasurementsSchema = v.strictObject({
  /**
   * Loudness over time: momentary loudness (ITU-R BS.1770 K-weighting, 400 ms) in dB relative to full scale,
   * averaged over `step` seconds each, from the start of the recording; -120 stands for digital silence.
   */
  loudness_curve: v.strictObject({ step: v.number(), values_db: v.array(v.number()) }),
  /** Mean loudness of the sounding parts, in dB; null where nothing sounds. */
  mean_loudness_db: v.nullable(v.number()),
  /** 95th minus 10th percentile of momentary loudness over the sounding parts, in dB. */
  dynamic_range_db: v.nullable(v.number()),
  loudest: v.nullable(LevelledSpanSchema),
  softest: v.nullable(LevelledSpanSchema),
  /** Rises (positive) and falls (negative) of loudness, in order of time. */
  dynamic_arc: v.array(v.strictObject({ ...spanEntries, change_db: v.number() })),
  onset_count: CountSchema,
  /** Onsets per second of sounding time; 0 where nothing sounds. */
  onset_rate: v.pipe(v.number(), v.minValue(0)),
  pulse: PulseSchema,
  /** Null where no notes were recognised. */
  notes: v.nullable(NoteMeasurementsSchema),
  /** Silences between sounds. */
  pauses: v.array(v.strictObject(spanEntries)),
  /** Seconds of silence before the first and after the last sound. */
  leading_silence: SecondsSchema,
  trailing_silence: SecondsSchema,
  /** Stretches with samples cut off at full scale, and how many samples of one channel were. */
  clipping: v.array(v.strictObject({ ...spanEntries, count: CountSchema })),
  /** Level of the quietest 0.3 s, in dB relative to full scale (RMS); null where nothing was listened to. */
  noise_floor_db: v.nullable(v.number()),
  /** Largest sample of any channel, in dB relative to full scale; -120 stands for digital silence. */
  peak_db: v.number(),
});
export type Measurements = v.InferOutput<typeof MeasurementsSchema>;

/**
 * What an analyser heard in one recording: the seam between listening (embedded or remote) and everything that
 * is said about it. Times are seconds from the start of the recording.
 */
export const AnalysisSchema = v.strictObject({
  /** Which analyser, and which version of it: "embedded-notes-10/percepiano-5". */
  model_version: v.string(),
  /** Length of the recording. */
  duration: SecondsSchema,
  /** How much of it was listened to, from its start. */
  analysed_duration: SecondsSchema,
  /** Whether the file ended before the length its header claims. */
  truncated: v.boolean(),
  heard: HeardSchema,
  /**
   * 0 to 1: how sure `heard` is, and for music how far the measurements can be relied on (less for short, clipped,
   * noisy or very quiet recordings and for few onsets). No statement about the playing.
   */
  confidence: FractionSchema,
  dimensions: v.strictObject(entriesFor(DIMENSIONS, DimensionReadingSchema)),
  /** The 19 perceptual scales, 0 to 1; null as a whole while no model of them listens. */
  perception: v.nullable(v.strictObject(entriesFor(PERCEPTUAL_SCALES, FractionSchema))),
  /** Half-width of the 80 % interval of each scale, in its own unit; null together with `perception`. */
  perception_uncertainty: v.nullable(v.strictObject(entriesFor(PERCEPTUAL_SCALES, FractionSchema))),
  measurements: MeasurementsSchema,
  /** Few, most important first. What the measurements don't support isn't in it. */
  findings: v.array(FindingSchema),
  /** What is played, cut where the music breathes, without gaps, in order of time. */
  sections: v.array(SectionSchema),
  /**
   * A sketch of which notes were played, by which two takes of the same music are recognised as such (MinHash, see
   * `sameMusic` in performance-analysis); empty where there were too few notes.
   */
  sketch: v.array(v.number()),
});
export type Analysis = v.InferOutput<typeof AnalysisSchema>;
