import { workerTestConfig } from "@crescendai/worker-testing/config";

export default workerTestConfig(import.meta.dirname, {
  siblings: [
    "upload",
    "recordings",
    "context",
    "chat",
    "rag",
    "feedback",
    "dedalus-orchestrator",
    "local/vectorize",
    "local/ai",
    "local/dedalus",
  ],
  databases: ["recordings", "context", "feedback", "rag", "dedalus-orchestrator", "chat"],
});
