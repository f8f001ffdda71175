import { workerTestConfig } from "@crescendai/worker-testing/config";
import { mergeConfig } from "vitest/config";

const config = await workerTestConfig(import.meta.dirname, {
  siblings: ["local/vectorize", "local/ai"],
  databases: ["rag"],
});

// A runtime a file: in one for all, in two of some twenty runs, a filter let one document too many through.
export default mergeConfig(config, { test: { isolate: true } });
