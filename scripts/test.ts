// `npm test`: everything that must hold. Ends with a line that counts the tests.
import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runVisibly } from "./local/run.ts";
import { ROOT } from "./local/workers.ts";

/** What vitest wrote in each package, relative to the root. */
const RESULTS = "{packages,workers,workers/local,.}/*/.test-results/vitest.json";

/** What must hold besides the tests, each with the command that checks it. */
const CHECKS: readonly (readonly [string, string, readonly string[]])[] = [
  ["format and lint, who may import whom", "biome", ["check", "--error-on-warnings", "."]],
  ["no unused code, files or dependencies", "knip", []],
  [
    "bundles, generated types, types, tests",
    "turbo",
    [
      "run",
      "build",
      "build:production",
      "types:check",
      "typecheck",
      "test",
      "--output-logs=errors-only",
      "--continue",
      // The tests of each worker keep a runtime and a test runner busy, but wait for each other a third of the time.
      "--concurrency=4",
    ],
  ],
  ["the mesh as a client sees it", "pnpm", ["--dir", "tests", "run", "test:mesh"]],
];

for (const file of globSync(RESULTS, { cwd: ROOT })) rmSync(join(ROOT, file));
const broken: string[] = [];
for (const [title, command, args] of CHECKS) {
  console.log(`\n── ${title}: ${command} ${args.join(" ")}`);
  const code = await runVisibly(command, args);
  if (code !== 0) broken.push(title);
}
const { passed, failed } = countResults();
for (const title of broken) console.log(`Not in order: ${title}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(broken.length === 0 && failed === 0 && passed > 0 ? 0 : 1);

/** Adds up what vitest wrote for each package. */
function countResults(): { readonly passed: number; readonly failed: number } {
  let passed = 0;
  let failed = 0;
  for (const file of globSync(RESULTS, { cwd: ROOT })) {
    const result: unknown = JSON.parse(readFileSync(join(ROOT, file), "utf8"));
    passed += countOf(result, "numPassedTests");
    failed += countOf(result, "numFailedTests");
  }
  return { passed, failed };
}

function countOf(result: unknown, member: string): number {
  if (typeof result !== "object" || result === null) return 0;
  const count: unknown = Reflect.get(result, member);
  return typeof count === "number" ? count : 0;
}
