import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // A guard against hanging, not a measure of speed: other packages' tests run beside these.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default", ["json", { outputFile: ".test-results/vitest.json" }]],
  },
});
