import { defineConfig } from "vitest/config";
import { LongestFirst } from "./support/longest-first.ts";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    globalSetup: "support/migrated-folder.ts",
    // What files share is code, of which loading wrangler is the most.
    isolate: false,
    // Each file runs a mesh of its own. Three at once keep two cores busy: a file waits for listening and for time-outs.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Guards against hanging, not measures of speed: a mesh of ten workers takes its time where others are starting too.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: {
      // Without a line for every message on the queue, and without a word to the internet.
      WRANGLER_LOG: "warn",
      WRANGLER_SEND_METRICS: "false",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
    },
    reporters: ["default", ["json", { outputFile: ".test-results/vitest.json" }]],
  },
});
