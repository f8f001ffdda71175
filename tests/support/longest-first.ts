import { basename } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, most of them because they wait: for time-outs, for a lease, for runtimes to start. */
const LONGEST = [
  "remote-analyser.test.ts",
  "killed.test.ts",
  "faults.test.ts",
  "odd-files.test.ts",
  "crash-traces.test.ts",
  "turns.test.ts",
  "language-model.test.ts",
];

/** Begins with what takes longest: begun last, it would run alone in the end, beside idle cores. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files.filter((file) => placeOf(file) === -1));
    const longest = files.filter((file) => placeOf(file) !== -1);
    return [...longest.toSorted((one, other) => placeOf(one) - placeOf(other)), ...others];
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  return LONGEST.indexOf(basename(moduleId));
}
