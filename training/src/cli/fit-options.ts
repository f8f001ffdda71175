import { parseArgs } from "node:util";

/** What every program takes that fits to renders of its own. */
export interface FitOptions {
  /** The folder with `midi/`. */
  readonly data: string;
  /** A folder for samples of pianos, and for what is kept between runs. */
  readonly cache: string;
  /** The TypeScript module to write. */
  readonly out: string;
  /** Folders with .sf2 files besides Debian's. */
  readonly soundfonts: readonly string[];
  /** How many recordings are rendered. */
  readonly copies: number;
}

/** Reads `--data`, `--cache`, `--out`, `--soundfonts` (may be given again) and `--copies`. Throws where one is missing. */
export function readFitOptions(defaultCopies: number): FitOptions {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      cache: { type: "string" },
      out: { type: "string" },
      soundfonts: { type: "string", multiple: true, default: [] },
      copies: { type: "string", default: String(defaultCopies) },
    },
  });
  const { data, cache, out, soundfonts } = values;
  if (data === undefined || cache === undefined || out === undefined) {
    throw new Error("--data, --cache and --out are needed");
  }
  return { data, cache, out, soundfonts, copies: Number(values.copies) };
}
