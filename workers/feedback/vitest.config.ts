import { workerTestConfig } from "@crescendai/worker-testing/config";

export default workerTestConfig(import.meta.dirname, {
  siblings: [
    "recordings",
    "context",
    "rag",
    "dedalus-orchestrator",
    "local/vectorize",
    "local/ai",
    "local/dedalus",
  ],
  databases: ["feedback", "recordings", "context", "rag"],
});
