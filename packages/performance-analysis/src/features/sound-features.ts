import type { HeardNote } from "../music/note.ts";
import { quantile, slope } from "../signal/statistics.ts";
import type { FeatureList } from "./feature-list.ts";
import { BAND_CENTRES, bandOf, FRAME_MIDDLE, SPECTROGRAM_RATE, type Spectrogram } from "./spectrogram.ts";

/** Hz; edges of the regions in which the spectrum is summed up, about two thirds of an octave each. */
const REGION_EDGES = [27, 80, 130, 200, 320, 500, 800, 1250, 2000, 3150, 5000, 8100];
/** dB under the stretch's loud level below which a region counts as silent: rooms and microphones fill up the rest. */
const RANGE = 60;
/** Frames of the smoothing before a slow course is looked at: 0.4, 1.6 and 6.4 seconds. */
const SMOOTHINGS = [17, 69, 276];
/** Hz; rates of change of loudness that are summed up, an octave each. */
const MODULATIONS = [0.25, 0.5, 1, 2, 4, 8];

/**
 * What the sound itself says, whatever notes were recognised: loudness and its course, colour and its changes,
 * decay, attack. Levels are relative to the stretch's own loud level (95th percentile), because gain is the
 * microphone's. Over frames within [start, end) seconds.
 */
export function addSoundFeatures(
  list: FeatureList,
  spectrogram: Spectrogram,
  notes: readonly HeardNote[],
  start: number,
  end: number,
): void {
  const first = Math.max(0, Math.ceil((start - FRAME_MIDDLE) * SPECTROGRAM_RATE));
  const last = Math.min(spectrogram.frames, Math.floor((end - FRAME_MIDDLE) * SPECTROGRAM_RATE));
  const regions = regionLevels(spectrogram, first, Math.max(first, last));
  const loud = quantile(regions.total, 0.95);
  const total = regions.total.map((level) => Math.max(-RANGE, level - loud));
  addLoudness(list, total);
  regions.levels.forEach((levels, region) => {
    const relative = levels.map((level) => Math.max(-RANGE - 10, level - loud));
    addRegion(list, `region${region}`, relative, total);
  });
  addColour(list, spectrogram, first, last, loud, total);
  addDecay(
    list,
    spectrogram,
    notes.filter(({ onset }) => onset >= start && onset < end),
  );
}

interface Regions {
  /** Level of each region in each frame, dB. */
  readonly levels: readonly Float32Array[];
  readonly total: Float32Array;
}

const REGION_OF_BAND = BAND_CENTRES.map((centre) => {
  const above = REGION_EDGES.findIndex((edge) => edge > centre);
  return Math.max(0, (above < 0 ? REGION_EDGES.length : above) - 1);
});
const REGIONS = REGION_EDGES.length - 1;
/** Power of each stored byte, so that no power is computed twice. */
const POWER = Float64Array.from({ length: 256 }, (_, byte) => 10 ** (byte / 20));

function regionLevels(spectrogram: Spectrogram, first: number, last: number): Regions {
  const levels = Array.from({ length: REGIONS }, () => new Float32Array(last - first));
  const total = new Float32Array(last - first);
  const sums = new Float64Array(REGIONS);
  for (let frame = first; frame < last; frame += 1) {
    const row = spectrogram.row(frame);
    sums.fill(0);
    for (let band = 0; band < row.length; band += 1) sums[REGION_OF_BAND[band]] += POWER[row[band]];
    let all = 0;
    for (let region = 0; region < REGIONS; region += 1) {
      all += sums[region];
      levels[region][frame - first] = 10 * Math.log10(sums[region] + 1);
    }
    total[frame - first] = 10 * Math.log10(all + 1);
  }
  return { levels, total };
}

function addLoudness(list: FeatureList, total: Float32Array): void {
  list.addDistribution("loudness", total);
  addChange(list, "loudness", total);
  for (const frames of SMOOTHINGS) {
    const smooth = smoothed(total, frames);
    const name = `loudness_over_${frames}`;
    list.add(`${name}_range`, quantile(smooth, 0.95) - quantile(smooth, 0.05));
    list.add(`${name}_sd`, deviation(smooth));
    // Against the course that is four times slower: how strongly it breathes at just this scale.
    const slower = smoothed(smooth, frames * 4);
    list.add(`${name}_detail`, deviation(smooth.map((level, index) => level - slower[index])));
  }
  for (const rate of MODULATIONS) list.add(`modulation_${rate}`, modulation(total, rate));
}

function addRegion(list: FeatureList, name: string, levels: Float32Array, total: Float32Array): void {
  const difference = levels.map((level, index) => level - total[index]);
  list.add(`${name}_share_mean`, meanOf(difference));
  list.add(`${name}_share_sd`, deviation(difference));
  for (const percentile of [10, 50, 90])
    list.add(`${name}_p${percentile}`, quantile(levels, percentile / 100));
  list.add(`${name}_sd`, deviation(levels));
  addChange(list, name, levels);
  for (const rate of [0.5, 2, 8]) list.add(`${name}_modulation_${rate}`, modulation(levels, rate));
}

/** How steeply levels rise and fall: attacks, and the decay between them, in dB a frame. */
function addChange(list: FeatureList, name: string, levels: Float32Array): void {
  const { rises, falls } = changesOf(levels);
  list.add(`${name}_rise_mean`, meanOf(rises));
  list.add(`${name}_rise_p90`, rises.length > 0 ? quantile(rises, 0.9) : 0);
  list.add(`${name}_rise_share`, rises.length / Math.max(1, rises.length + falls.length));
  list.add(`${name}_fall_mean`, meanOf(falls));
  list.add(`${name}_fall_p10`, falls.length > 0 ? quantile(falls, 0.1) : 0);
  list.add(`${name}_fall_p50`, falls.length > 0 ? quantile(falls, 0.5) : 0);
}

function changesOf(levels: Float32Array): { readonly rises: number[]; readonly falls: number[] } {
  const rises: number[] = [];
  const falls: number[] = [];
  for (let index = 2; index < levels.length; index += 1) {
    const change = levels[index] - levels[index - 2];
    if (change > 0) rises.push(change);
    else falls.push(change);
  }
  return { rises, falls };
}

function addColour(
  list: FeatureList,
  spectrogram: Spectrogram,
  first: number,
  last: number,
  loud: number,
  total: Float32Array,
): void {
  const frames = Math.max(0, last - first);
  const centroid = new Float32Array(frames);
  const spread = new Float32Array(frames);
  const peaks = new Float32Array(frames);
  const flux = new Float32Array(frames);
  const least = (loud - RANGE) * 2;
  for (let index = 0; index < frames; index += 1) {
    const before = spectrogram.row(first + Math.max(0, index - 2));
    const colour = colourOf(spectrogram.row(first + index), before, least);
    centroid[index] = colour.centroid;
    spread[index] = colour.spread;
    peaks[index] = colour.peaks;
    flux[index] = colour.flux;
  }
  list.addDistribution("centroid", centroid);
  list.addDistribution("spectral_spread", spread);
  list.addDistribution("spectral_peaks", peaks);
  list.addDistribution("flux", flux);
  list.add("centroid_loudness_slope", slope(total, centroid));
  list.add("peaks_loudness_slope", slope(total, peaks));
  list.addDistribution("flux_peak_distance", peakDistances(flux));
}

/**
 * The colour of a frame: centre and spread of its levels, in bands; bands that stand out by 3 dB from both neighbours; and by how
 * many dB the mean band rose since `before`. `least` is the byte that counts as silence. A function of its own, as V8 compiles it
 * in a tenth of the time that it takes as a loop among all that is done with its result.
 */
function colourOf(row: Uint8Array, before: Uint8Array, least: number) {
  let weight = 0;
  let sum = 0;
  let squares = 0;
  let peaks = 0;
  let change = 0;
  for (let band = 0; band < row.length; band += 1) {
    const above = Math.max(0, row[band] - least);
    weight += above;
    sum += above * band;
    squares += above * band * band;
    if (
      band > 0 &&
      band < row.length - 1 &&
      above > 0 &&
      row[band] >= row[band - 1] + 6 &&
      row[band] >= row[band + 1] + 6
    )
      peaks += 1;
    change += Math.max(0, row[band] - Math.max(before[band], least));
  }
  const centroid = weight > 0 ? Math.fround(sum / weight) : 0;
  return {
    centroid,
    spread: weight > 0 ? Math.sqrt(Math.max(0, squares / weight - centroid ** 2)) : 0,
    peaks,
    flux: change / row.length / 2,
  };
}

/** Seconds between the peaks of the flux: attacks as they are heard without naming notes. */
function peakDistances(flux: Float32Array): number[] {
  const threshold = meanOf(flux) + deviation(flux) / 2;
  const distances: number[] = [];
  let previous = -1;
  for (let index = 1; index + 1 < flux.length; index += 1) {
    if (flux[index] < threshold || flux[index] < flux[index - 1] || flux[index] <= flux[index + 1]) continue;
    if (previous >= 0) distances.push((index - previous) / SPECTROGRAM_RATE);
    previous = index;
  }
  return distances;
}

/** How fast notes die away while they are held by finger or pedal, and what is left of them after their end. */
function addDecay(list: FeatureList, spectrogram: Spectrogram, notes: readonly HeardNote[]): void {
  const decays: number[] = [];
  const left: number[] = [];
  const late: number[] = [];
  const lastFrame = spectrogram.frames - 1;
  for (const note of notes) {
    const band = bandOf(440 * 2 ** ((note.pitch - 69) / 12));
    if (band < 0 || lastFrame < 0) continue;
    const frame = (seconds: number) =>
      Math.max(0, Math.min(lastFrame, Math.round((seconds - FRAME_MIDDLE) * SPECTROGRAM_RATE)));
    const attack = spectrogram.level(frame(note.onset + 0.07), band);
    decays.push((attack - spectrogram.level(frame(note.onset + 0.25), band)) / 0.18);
    late.push(attack - spectrogram.level(frame(note.onset + 0.8), band));
    left.push(attack - spectrogram.level(frame(note.offset + 0.15), band));
  }
  list.addDistribution("decay", decays);
  list.addDistribution("left_after_0.8_s", late);
  list.addDistribution("left_after_end", left);
}

function smoothed(values: Float32Array, frames: number): Float32Array {
  const sums = new Float64Array(values.length + 1);
  for (let index = 0; index < values.length; index += 1) sums[index + 1] = sums[index] + values[index];
  const reach = frames >> 1;
  return values.map((_, index) => {
    const from = Math.max(0, index - reach);
    const to = Math.min(values.length, index + reach + 1);
    return (sums[to] - sums[from]) / (to - from);
  });
}

/** Strength of the changes around `rate` Hz (an octave): deviation of the difference of two smoothings. */
function modulation(values: Float32Array, rate: number): number {
  const narrow = smoothed(values, Math.max(1, Math.round(SPECTROGRAM_RATE / rate / 3)));
  const wide = smoothed(values, Math.max(3, Math.round((SPECTROGRAM_RATE / rate) * 0.7)));
  return deviation(narrow.map((value, index) => value - wide[index]));
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index];
  return values.length === 0 ? 0 : sum / values.length;
}

function deviation(values: Float32Array): number {
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return values.length === 0 ? 0 : Math.sqrt(squares / values.length);
}
