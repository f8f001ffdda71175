/**
 * The instantiated note kernel (`@crescendai/note-kernel`: Basic Pitch in WebAssembly) as this package sees it. It is
 * handed in as what WebAssembly.Instance gives, so that nothing here knows WebAssembly.
 */

/** Keys of a piano; the lowest is MIDI note 21. */
export const KEYS = 88;

/** MIDI note number of the lowest key. */
export const LOWEST_KEY = 21;

/** Sample rate the kernel hears, in hertz. */
export const KERNEL_SAMPLE_RATE = 22_050;

/** Hears one window of sound at a time. */
export interface NoteKernel {
  /** Samples in a window, at `KERNEL_SAMPLE_RATE`. */
  readonly windowLength: number;
  /** Samples between frames. */
  readonly hopLength: number;
  /** Frames a window gives. */
  readonly frameCount: number;
  /** The first of them is centred on sample `firstFrame · hopLength` of the window. */
  readonly firstFrame: number;
  /**
   * Hears a window of `windowLength` samples. What comes back is valid until the next call: posteriors 0 … 1 of frame f
   * and key k at `f · noteStride + k` and `f · KEYS + k`; levels in decibels of power, three bins a semitone from 27.5 Hz,
   * `LEVEL_BINS` of them from `f · levelStride` on.
   */
  transcribe(window: Float32Array): KernelOutput;
  /**
   * Works a layer of a network out for up to `mostRows` rows of inputs, which stand one after the other. The outputs, row
   * by row, are valid until the next call.
   */
  layer(layer: KernelLayer, rows: Float32Array): Float32Array;
  readonly mostRows: number;
}

/** A layer of a network as the kernel has it. */
export interface KernelLayer {
  /** At most 296. */
  readonly inputs: number;
  /** An even number, at most 128. */
  readonly units: number;
  /** The weights of units 0 and 1 by turns, input by input; then those of units 2 and 3, … */
  readonly weights: Float32Array;
  /** One a unit. */
  readonly biases: Float32Array;
}

/** What one window gave. */
export interface KernelOutput {
  readonly notes: Float32Array;
  readonly noteStride: number;
  readonly onsets: Float32Array;
  readonly levels: Float32Array;
  readonly levelStride: number;
}

/** Bins of a frame's levels: three a semitone from A0 (27.5 Hz). */
export const LEVEL_BINS = 309;

const COUNTS = [
  "weightCount",
  "weightsPointer",
  "windowLength",
  "hopLength",
  "frameCount",
  "firstFrame",
  "samplesPointer",
  "notesPointer",
  "noteStride",
  "onsetsPointer",
  "levelsPointer",
  "levelStride",
  "layerInputs",
  "layerUnits",
  "layerRows",
  "layerWeightsPointer",
  "layerBiasesPointer",
  "layerInputsPointer",
  "layerOutputsPointer",
] as const;

/** Rows that the kernel works out side by side. */
const SIDE_BY_SIDE = 4;

type KernelExports = Readonly<Record<(typeof COUNTS)[number], () => number>> & {
  readonly memory: { readonly buffer: ArrayBufferLike };
  prepare(): void;
  transcribe(): void;
  runLayer(inputs: number, units: number, rows: number): void;
};

function isKernel(exports: object): exports is KernelExports {
  const members = new Map<string, unknown>(Object.entries(exports));
  const memory = members.get("memory");
  return (
    [...COUNTS, "prepare", "transcribe", "runLayer"].every(
      (name) => typeof members.get(name) === "function",
    ) &&
    typeof memory === "object" &&
    memory !== null &&
    "buffer" in memory
  );
}

/**
 * Puts the weights into a fresh instance of the kernel and makes it ready.
 *
 * @param exports what `new WebAssembly.Instance(module).exports` gives for `note-kernel.wasm`
 * @param weights the bytes of `basic-pitch.bin`
 * @throws Error if one of them is something else: a fault of the build, not of a recording
 */
export function createNoteKernel(exports: object, weights: ArrayBuffer | Uint8Array): NoteKernel {
  if (!isKernel(exports)) throw new Error("this WebAssembly module isn't the note kernel");
  const bytes = weights instanceof Uint8Array ? weights : new Uint8Array(weights);
  if (bytes.length !== exports.weightCount() * Float32Array.BYTES_PER_ELEMENT) {
    throw new Error(
      `the note kernel wants ${exports.weightCount()} floats of weights, not ${bytes.length} bytes`,
    );
  }
  // The kernel's memory never grows, so that views of it stay valid.
  const { buffer } = exports.memory;
  new Uint8Array(buffer).set(bytes, exports.weightsPointer());
  exports.prepare();

  const frameCount = exports.frameCount();
  const noteStride = exports.noteStride();
  const levelStride = exports.levelStride();
  const samples = new Float32Array(buffer, exports.samplesPointer(), exports.windowLength());
  const output: KernelOutput = {
    notes: new Float32Array(buffer, exports.notesPointer(), frameCount * noteStride),
    noteStride,
    onsets: new Float32Array(buffer, exports.onsetsPointer(), frameCount * KEYS),
    levels: new Float32Array(buffer, exports.levelsPointer(), frameCount * levelStride),
    levelStride,
  };
  const mostInputs = exports.layerInputs();
  const mostUnits = exports.layerUnits();
  const mostRows = exports.layerRows();
  const layerWeights = new Float32Array(buffer, exports.layerWeightsPointer(), mostInputs * mostUnits);
  const layerBiases = new Float32Array(buffer, exports.layerBiasesPointer(), mostUnits);
  const layerInputs = new Float32Array(buffer, exports.layerInputsPointer(), mostRows * mostInputs);
  const layerOutputs = new Float32Array(buffer, exports.layerOutputsPointer(), mostRows * mostUnits);
  return {
    mostRows,
    layer({ inputs, units, weights, biases }, rows) {
      layerWeights.set(weights);
      layerBiases.set(biases);
      layerInputs.set(rows);
      const count = rows.length / inputs;
      // What fills up the last rows is worked out too, and not looked at.
      exports.runLayer(inputs, units, Math.ceil(count / SIDE_BY_SIDE) * SIDE_BY_SIDE);
      return layerOutputs.subarray(0, count * units);
    },
    windowLength: exports.windowLength(),
    hopLength: exports.hopLength(),
    frameCount,
    firstFrame: exports.firstFrame(),
    transcribe(window) {
      samples.set(window);
      exports.transcribe();
      return output;
    },
  };
}
