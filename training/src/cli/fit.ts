/**
 * Fits the model to what was heard, cross-validates it, writes it and its card:
 * `node training/src/cli/fit.ts --data DIR --renders DIR --heard DIR`.
 *
 * `--out` the model's file, `--card` the card's; left out, they go where the product has them. `--features` is where features
 * are kept; beside what was heard if left out.
 */

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { formatListeningModel } from "@crescendai/performance-analysis/judgement";
import { readRatings } from "../data/ratings.ts";
import { readRenders } from "../data/renders.ts";
import { fitModel } from "../fitting/fit-model.ts";
import { modelCard } from "../fitting/model-card.ts";

const ROOT = join(import.meta.dirname, "../../..");
/** Goes up whenever the same recording would be rated differently. */
const VERSION = "percepiano-5";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    renders: { type: "string" },
    heard: { type: "string" },
    features: { type: "string" },
    copies: { type: "string" },
    out: { type: "string", default: join(ROOT, "packages/performance-analysis/model/listening-model.bin") },
    card: { type: "string", default: join(ROOT, "docs/model-card.md") },
  },
});
if (values.data === undefined || values.renders === undefined || values.heard === undefined)
  throw new Error("--data, --renders and --heard are needed");
const segments = await readRatings(values.data);
const rated = new Set(segments.map(({ segment }) => segment));
const copies = values.copies?.split(",").map(Number);
const renders = (await readRenders(values.renders)).filter(
  ({ segment, copy }) => rated.has(segment) && (copies === undefined || copies.includes(copy)),
);
const folders = {
  midi: join(values.data, "midi"),
  heard: values.heard,
  features: values.features ?? join(values.heard, "../features"),
};
const started = performance.now();
const fitted = await fitModel(segments, renders, folders, VERSION, (line) => {
  console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}`);
});
for (const { unseen, sound, mean, order } of fitted.validations)
  console.log(`unseen ${unseen}; ${sound}: R² ${mean.toFixed(3)}, order ${order.toFixed(3)}`);
console.log(`coverage of 80 % intervals: ${(100 * fitted.coverage).toFixed(1)} %`);
const bytes = formatListeningModel(fitted.model);
await mkdir(dirname(values.out), { recursive: true });
await writeFile(values.out, bytes);
await writeFile(values.card, modelCard(fitted, { bytes: bytes.length }));
console.log(`${bytes.length} bytes in ${values.out}`);
