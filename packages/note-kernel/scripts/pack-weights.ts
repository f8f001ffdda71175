/**
 * Packs the weights of Spotify's Basic Pitch for the kernel: `node scripts/pack-weights.ts <folder of
 * @spotify/basic-pitch 1.0.1>`. The package holds one constant-Q kernel and one low-pass filter eight or nine times each;
 * they are kept once. The order is that of assembly/weights.ts.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PREFIX = "StatefulPartitionedCall/model_1/";

interface WeightSpecification {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}

interface ModelFile {
  readonly weightsManifest: readonly { readonly weights: readonly WeightSpecification[] }[];
}

function isModelFile(value: unknown): value is ModelFile {
  return (
    typeof value === "object" &&
    value !== null &&
    "weightsManifest" in value &&
    Array.isArray(value.weightsManifest)
  );
}

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: pack-weights.ts <folder of @spotify/basic-pitch 1.0.1>");
const model: unknown = JSON.parse(readFileSync(join(folder, "model/model.json"), "utf8"));
if (!isModelFile(model)) throw new Error("model.json has no weightsManifest");
const file = readFileSync(join(folder, "model/group1-shard1of1.bin"));

const tables = new Map<string, Float32Array>();
let offset = 0;
for (const { name, dtype, shape } of model.weightsManifest.flatMap(({ weights }) => weights)) {
  const length = shape.reduce((product, size) => product * size, 1);
  if (dtype === "float32") {
    const table = new Float32Array(length);
    for (let i = 0; i < length; i += 1) table[i] = file.readFloatLE(offset + i * 4);
    tables.set(name.replace(PREFIX, ""), table);
  }
  offset += length * 4;
}

function table(name: string, length: number): Float32Array {
  const found = tables.get(name);
  if (found?.length !== length) throw new Error(`expected ${length} floats in ${name}`);
  return found;
}

/** The onsets' weights are of 33 channels, of which the first is the note posterior: that one first, then the others. */
function onsetWeights(): Float32Array {
  const all = table("conv2d_5/Conv2D/ReadVariableOp", 9 * 33);
  const notes = all.filter((_, i) => i % 33 === 0);
  const others = all.filter((_, i) => i % 33 !== 0);
  return Float32Array.of(...notes, ...others);
}

const packed = [
  table("cq_t2010v2_1/conv1d_2/ExpandDims_1", 256),
  table("cq_t2010v2_1/conv1d/ExpandDims_1", 256 * 36),
  table("cq_t2010v2_1/conv1d_1/ExpandDims_1", 256 * 36),
  table("cq_t2010v2_1/Sqrt", 309),
  table("batch_normalization/FusedBatchNormV3/Scaled", 1),
  table("batch_normalization/FusedBatchNormV3/Offset", 1),
  table("conv2d_1/Conv2D_weights", 3 * 39 * 8 * 8),
  table("conv2d_1/Conv2D_bn_offset", 8),
  table("contours-reduced/Conv2D/ReadVariableOp", 5 * 5 * 8),
  table("contours-reduced/BiasAdd/ReadVariableOp", 1),
  table("conv2d_2/Conv2D/ReadVariableOp", 7 * 7 * 32),
  table("conv2d_2/BiasAdd/ReadVariableOp", 32),
  table("conv2d_3/Conv2D/ReadVariableOp", 7 * 3 * 32),
  table("conv2d_3/BiasAdd/ReadVariableOp", 1),
  table("conv2d_4/Conv2D_weights", 5 * 5 * 8 * 32),
  table("conv2d_4/Conv2D_bn_offset", 32),
  onsetWeights(),
  table("conv2d_5/BiasAdd/ReadVariableOp", 1),
];

const floats = packed.flatMap((part) => [...part]);
const bytes = Buffer.alloc(floats.length * 4);
for (const [i, value] of floats.entries()) bytes.writeFloatLE(value, i * 4);
writeFileSync(new URL("../weights/basic-pitch.bin", import.meta.url), bytes);
