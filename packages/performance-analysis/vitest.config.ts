import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // A guard against hanging, not a measure of speed: other packages' tests run beside these.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The files share nothing that changes; together they load the code and the kernel once a process instead of once a file.
    isolate: false,
    reporters: ["default", ["json", { outputFile: ".test-results/vitest.json" }]],
  },
});
