import type { Analysis, Heard } from "@crescendai/contracts";
import type { DecodedSound } from "./decode/decode-audio.ts";
import { unscoredDimensions } from "./dimensions.ts";
import { levelInputs } from "./features/note-level-inputs.ts";
import { findFindings } from "./findings/find-findings.ts";
import { pianoOdds } from "./instrument/piano-odds.ts";
import { strayShare } from "./instrument/stray-sound.ts";
import { type JudgedRecording, judgeRecording, judgeSection } from "./judgement/judge-recording.ts";
import type { ListeningModel } from "./judgement/model.ts";
import { noteLevels } from "./judgement/note-level.ts";
import type { HeardSound } from "./listening/ears.ts";
import { LISTENING_VERSION } from "./listening/version.ts";
import { withoutSpeech } from "./listening/without-speech.ts";
import { type ClippedSpan, isDistorted } from "./music/clipping.ts";
import { whyLevelsAreCovered } from "./music/covered-levels.ts";
import { touchesDamage } from "./music/damage.ts";
import { type InstrumentReading, tellInstrument, tellKind } from "./music/heard.ts";
import { findHum, type Hum } from "./music/hum.ts";
import { type Levels, measureLevels, prefixSums, type Span } from "./music/levels.ts";
import { type Loudness, measureLoudness } from "./music/loudness.ts";
import type { HeardNote } from "./music/note.ts";
import { readNotes } from "./music/note-reading.ts";
import { type Onset, pickOnsets } from "./music/onsets.ts";
import { findPauses } from "./music/pauses.ts";
import { playedSpan, silencesAround } from "./music/played-span.ts";
import type { Restart } from "./music/restarts.ts";
import { cutSections } from "./music/sections.ts";
import { sketchOf } from "./music/sketch.ts";
import { measureSpan } from "./music/span-measurements.ts";
import { measureTimbre } from "./music/timbre.ts";
import { confidenceOf, silentMeasurements, toMeasurements } from "./report.ts";
import { powerToDecibel } from "./signal/decibel.ts";
import { round } from "./signal/statistics.ts";

/** Clipped stretches, and the largest sample of any channel, full scale being 1. */
export interface Clipping {
  readonly spans: readonly ClippedSpan[];
  readonly peak: number;
}

/** Why nothing is known of the pedal where `heldOver` leaves too little. */
const HELD_BY_FINGERS =
  "Fingers hold notes on into the next ones, and what the pedal does can't be told apart from that.";

/** Which ears these are: ours, and the fit that they judge by. */
function modelVersion(model: ListeningModel): string {
  return `${LISTENING_VERSION}/${model.version}`;
}

/** Says what was heard: what kind of sound, the notes, what they amount to, how it would be rated, what to point at. */
export function interpret(
  everything: HeardSound,
  decoded: DecodedSound,
  recordedClipping: Clipping,
  model: ListeningModel,
): Analysis {
  const { sound, spoken } = withoutSpeech(everything);
  const clipping = { ...recordedClipping, spans: recordedClipping.spans.filter(isBeyond(spoken)) };
  const levels = measureLevels(sound.curves.power);
  const onsets = pickOnsets(sound.curves.strength);
  const notes = withLevels(sound, model);
  const kind = tellInstrument(
    tellKind(sound.curves, levels, onsets, decoded.decodedSeconds),
    {
      timbre: measureTimbre(sound.curves, levels, onsets, notes, sound.spectrogram),
      piano: pianoOdds(notes, sound.partials),
      stray: () => strayShare(sound.partials, notes),
    },
    isDistorted(clipping.spans, decoded.decodedSeconds),
  );
  const basis: Basis = {
    sound,
    spoken,
    // A hum goes on under speech: its floor is sought in what was really recorded.
    hum: findHum(everything.spectrogram),
    decoded,
    analysed: round(decoded.decodedSeconds, 3),
    levels,
    onsets,
    loudness: measureLoudness(sound.curves.weighted, levels),
    clipped: { spans: clipping.spans, peak: powerToDecibel(clipping.peak ** 2) },
    head: {
      model_version: modelVersion(model),
      duration: round(decoded.durationSeconds, 3),
      analysed_duration: round(decoded.decodedSeconds, 3),
      truncated: decoded.truncated,
    },
  };
  return kind.heard === "music"
    ? interpretMusic(basis, kind, notes, model)
    : interpretOther(basis, kind.heard, kind.confidence);
}

interface Basis {
  /** With speech silenced. */
  readonly sound: HeardSound;
  /** Where somebody speaks beside the playing. */
  readonly spoken: readonly Span[];
  readonly hum: Hum | null;
  readonly decoded: DecodedSound;
  readonly analysed: number;
  readonly levels: Levels;
  readonly onsets: readonly Onset[];
  readonly loudness: Loudness;
  readonly clipped: Clipping;
  readonly head: Pick<Analysis, "model_version" | "duration" | "analysed_duration" | "truncated">;
}

function withLevels({ notes, spectrogram }: HeardSound, model: ListeningModel): HeardNote[] {
  const levels = noteLevels(model.noteLevel, levelInputs(notes, spectrogram));
  return notes.map((note, index) => ({ ...note, level: levels[index] }));
}

function interpretOther(basis: Basis, heard: Exclude<Heard, "music">, confidence: number): Analysis {
  const measurements = silentMeasurements({ ...basis, heard });
  const faults = {
    unlikePiano: null,
    hum: null,
    fall: null,
    levelsCovered: false,
    damaged: basis.decoded.damagedSpans,
    spoken: [],
  };
  return {
    ...basis.head,
    heard,
    confidence: round(confidence, 2),
    dimensions: unscoredDimensions(heard),
    perception: null,
    perception_uncertainty: null,
    measurements,
    findings: findFindings({
      heard,
      analysed_duration: basis.analysed,
      measurements,
      reading: null,
      whole: null,
      faults,
      played: { start: 0, end: basis.analysed },
    }),
    sections: [],
    sketch: [],
  };
}

function interpretMusic(
  basis: Basis,
  kind: InstrumentReading,
  notes: readonly HeardNote[],
  model: ListeningModel,
): Analysis {
  const { sound, decoded, spoken, analysed, levels, onsets, loudness, hum } = basis;
  const damaged = decoded.damagedSpans;
  const unplayed = [...damaged, ...spoken];
  const silences = findPauses(levels, onsets);
  const played = playedSpan(silences, analysed, spoken);
  const pauses = [...silences.pauses, ...silencesAround(played, analysed)];
  const read = readNotes(notes, sound.spectrogram, pauses, spoken);
  const undamaged = (restarts: readonly Restart[]) =>
    restarts.filter((restart) => !touchesDamage(restart, damaged));
  const reading = {
    ...read,
    restarts: undamaged(read.restarts),
    possibleRestarts: undamaged(read.possibleRestarts),
  };
  const seconds = played.end - played.start;
  const covered = whyLevelsAreCovered(hum, loudness.mean, basis.clipped.spans, seconds);
  const measure = (start: number, end: number) => {
    const measured = measureSpan(reading, loudness, start, end);
    return covered === null ? measured : { ...measured, dynamicShape: null };
  };
  const whole = measure(played.start, played.end);
  const measurements = toMeasurements({ ...basis, silences, unplayed, notes: { reading, whole } });
  const recording: JudgedRecording = {
    reading,
    spectrogram: sound.spectrogram,
    played,
    measure,
    whole,
    unmeasurable: {
      ...(covered === null ? {} : { dynamics_control: covered }),
      ...(reading.heldOver === null ? {} : { pedaling_technique: HELD_BY_FINGERS }),
    },
  };
  const judgement = judgeRecording(model, recording);
  const sections = cutSections(
    played,
    loudness,
    prefixSums(sound.curves.weighted),
    silences.pauses,
    onsets,
    reading.groups,
  );
  const impairments = { seconds, lost: lengthOf(damaged), hum };
  return {
    ...basis.head,
    heard: kind.heard,
    confidence: confidenceOf(kind, impairments, measurements),
    ...judgement,
    measurements,
    findings: findFindings({
      heard: kind.heard,
      analysed_duration: analysed,
      measurements,
      reading,
      whole,
      faults: {
        unlikePiano: kind.unlikePiano,
        hum,
        fall: reading.fall,
        levelsCovered: covered !== null,
        damaged,
        spoken,
      },
      played,
    }),
    sections: sections.map((section) => ({
      ...section,
      against_whole: judgeSection(model, recording, section, judgement.dimensions),
    })),
    sketch: sketchOf(reading.groups),
  };
}

/** Tells what doesn't lie wholly within one of the spans. */
function isBeyond(spans: readonly Span[]) {
  return (one: Span) => !spans.some(({ start, end }) => one.start >= start && one.end <= end);
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}
