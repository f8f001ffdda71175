/**
 * `npm run train -- <data folder>`: renders the rated performances on many pianos, hears them, fits the listening model,
 * cross-validates it, and writes the model and its card. Options after the folder: `--cache DIR` (default: `.training`),
 * `--copies 0-9`, `--workers 2`, `--soundfonts DIR`. What is rendered and heard already is left as it is.
 */

import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const root = resolve(import.meta.dirname, "..");
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    cache: { type: "string", default: join(root, ".training") },
    copies: { type: "string", default: "0-9" },
    workers: { type: "string", default: "2" },
    soundfonts: { type: "string", multiple: true, default: [] },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("Which data? npm run train -- <folder with ratings.csv and midi/>");
  process.exit(2);
}
const data = resolve(folder);
const renders = join(values.cache, "renders");
const heard = join(values.cache, "heard");
const soundfonts = values.soundfonts.flatMap((path) => ["--soundfonts", resolve(path)]);

run("turbo", ["run", "build", "--filter=@crescendai/training^..."]);
step("render", [
  ...["--data", data, "--cache", values.cache, "--out", renders, "--copies", values.copies],
  ...["--workers", values.workers, ...soundfonts],
]);
step("listen", ["--renders", renders, "--heard", heard, "--workers", values.workers]);
step("fit", ["--data", data, "--renders", renders, "--heard", heard]);

function step(name: string, options: readonly string[]): void {
  run(process.execPath, [join(root, "training/src/cli", `${name}.ts`), ...options]);
}

function run(command: string, options: readonly string[]): void {
  const { status } = spawnSync(command, options, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
