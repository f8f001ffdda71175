/** A small network with one hidden layer of rectified units: inputs → hidden → one number. */
export interface NoteLevelModel {
  readonly inputs: number;
  readonly hidden: number;
  /** Mean and scale of each input. */
  readonly mean: Float32Array;
  readonly scale: Float32Array;
  /** Weights into the hidden units, unit by unit, each followed by its bias; then the output's weights and bias. */
  readonly weights: Float32Array;
}

/**
 * Level of each note in dB against the recording's median note, from `levelInputs` row by row: how strongly it was
 * struck, as fitted to the velocities of rendered performances (40 · log10 of the MIDI velocity: DLS level 2, §2.9).
 */
export function noteLevels(model: NoteLevelModel, inputs: Float32Array): Float32Array {
  const levels = new Float32Array(inputs.length / model.inputs);
  const values = new Float64Array(model.inputs);
  for (let note = 0; note < levels.length; note += 1) {
    for (let index = 0; index < model.inputs; index += 1) {
      values[index] = (inputs[note * model.inputs + index] - model.mean[index]) * model.scale[index];
    }
    levels[note] = outputOf(model, values);
  }
  const sorted = Float32Array.from(levels).sort();
  const middle = sorted.length > 0 ? sorted[sorted.length >> 1] : 0;
  return levels.map((level) => level - middle);
}

/** What the network makes of standardised inputs. */
function outputOf({ inputs, hidden, weights }: NoteLevelModel, values: Float64Array): number {
  let output = weights[weights.length - 1];
  for (let unit = 0; unit < hidden; unit += 1) {
    const from = unit * (inputs + 1);
    let sum = weights[from + inputs];
    for (let index = 0; index < inputs; index += 1) sum += weights[from + index] * values[index];
    if (sum > 0) output += sum * weights[hidden * (inputs + 1) + unit];
  }
  return output;
}
