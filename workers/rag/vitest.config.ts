import { workerTestConfig } from "@crescendai/worker-testing/config";

export default workerTestConfig(import.meta.dirname, {
  siblings: ["local/vectorize", "local/ai"],
  databases: ["rag"],
});
