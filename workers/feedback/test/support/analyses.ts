import {
  type Analysis,
  DIMENSIONS,
  entriesOf,
  PERCEPTUAL_SCALES,
  type RemoteAnalysis,
} from "@crescendai/contracts";

/** What is heard in three seconds of silence. */
export const SILENT_ANALYSIS: Analysis = {
  model_version: "ears",
  duration: 3,
  analysed_duration: 3,
  truncated: false,
  heard: "silence",
  confidence: 1,
  dimensions: entriesOf(DIMENSIONS, () => ({
    score: null,
    uncertainty: null,
    basis: null,
    reason: "The recording is silent.",
  })),
  perception: null,
  perception_uncertainty: null,
  measurements: {
    loudness_curve: { step: 1, values_db: [-120, -120, -120] },
    mean_loudness_db: null,
    dynamic_range_db: null,
    loudest: null,
    softest: null,
    dynamic_arc: [],
    onset_count: 0,
    onset_rate: 0,
    pulse: {
      tempo_bpm: null,
      clarity: 0,
      beat_deviation_percent: null,
      drift_percent: null,
      supported_beats: 0,
      beats: 0,
    },
    notes: null,
    pauses: [],
    leading_silence: 3,
    trailing_silence: 0,
    clipping: [],
    noise_floor_db: -120,
    peak_db: -120,
  },
  findings: [],
  sections: [],
  sketch: [],
};

/** Music, as far as it matters here: something that is judged. */
export const MUSIC_ANALYSIS: Analysis = {
  ...SILENT_ANALYSIS,
  heard: "music",
  duration: 30,
  analysed_duration: 30,
  sections: [
    {
      start: 0,
      end: 30,
      cut: "end",
      mean_loudness_db: -20,
      onsets_per_second: 3,
      against_whole: entriesOf(DIMENSIONS, () => null),
    },
  ],
};

/** What a remote analyser answers that is in order. */
export const REMOTE_ANSWER: RemoteAnalysis = {
  model_version: "mert-330m-test",
  perception: entriesOf(PERCEPTUAL_SCALES, () => 0.6),
  perception_uncertainty: entriesOf(PERCEPTUAL_SCALES, () => 0.1),
};
