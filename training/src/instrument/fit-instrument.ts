/** Fits the network that tells a piano's notes from those of other instruments. */

import { meanOdds } from "@crescendai/performance-analysis/instrument";
import { createNetworkRunner, type Network } from "@crescendai/performance-analysis/transcription";
import { type ClassifierOptions, fitClassifier, type LabelledSample } from "../model/fit-classifier.ts";
import { createRandom } from "../render/random.ts";

/** A recording whose instrument is known. */
export interface InstrumentSample {
  readonly isPiano: boolean;
  /** What its sound comes from: a soundfont, or a piano. A fit is tried on sources that it hasn't heard. */
  readonly source: string;
  /** How much it counts. */
  readonly weight: number;
  /** Its notes as `describeNotes` describes them; one at least. */
  readonly notes: readonly Float32Array[];
}

/** Few units: more of them learn the sources by heart. */
const OPTIONS: ClassifierOptions = { hidden: [8], epochs: 12, decay: 1e-3 };

/** Fits the network. A recording counts by its weight, however many notes it has; pianos count as much as all else. */
export function fitInstrument(samples: readonly InstrumentSample[]): Network {
  const total = (pianos: boolean) =>
    samples.reduce((sum, { isPiano, weight }) => sum + (isPiano === pianos ? weight : 0), 0);
  const totals = { pianos: total(true), others: total(false) };
  const notes: LabelledSample[] = samples.flatMap((sample) => {
    const share = sample.weight / (sample.isPiano ? totals.pianos : totals.others);
    const weight = (share * samples.length) / 2 / sample.notes.length;
    return sample.notes.map((inputs) => ({ inputs, positive: sample.isPiano, weight }));
  });
  return fitClassifier(notes, OPTIONS, createRandom("instrument/notes"));
}

/** Logarithm of the odds that a recording is a piano's, as the product works them out. */
export function oddsOf(network: Network, { notes }: InstrumentSample): number {
  const run = createNetworkRunner(network);
  return meanOdds(notes.map((inputs) => run(inputs.slice())[0]));
}

/** For each recording the odds that a fit gives it which has heard nothing of its source. */
export function oddsOfUnheard(samples: readonly InstrumentSample[]): Map<InstrumentSample, number> {
  const odds = new Map<InstrumentSample, number>();
  for (const source of new Set(samples.map((sample) => sample.source))) {
    const network = fitInstrument(samples.filter((sample) => sample.source !== source));
    for (const sample of samples) if (sample.source === source) odds.set(sample, oddsOf(network, sample));
  }
  return odds;
}
