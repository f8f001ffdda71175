import { workerTestConfig } from "@crescendai/worker-testing/config";

export default workerTestConfig(import.meta.dirname, {
  siblings: ["recordings", "context", "rag", "local/vectorize", "local/ai"],
  databases: ["feedback", "recordings", "context", "rag"],
});
