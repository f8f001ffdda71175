import { workerTestConfig } from "@crescendai/worker-testing/config";

export default workerTestConfig(import.meta.dirname, {
  siblings: [
    "recordings",
    "context",
    "feedback",
    "rag",
    "dedalus-orchestrator",
    "local/vectorize",
    "local/ai",
    "local/dedalus",
  ],
  databases: ["chat", "recordings", "context", "feedback"],
  main: "test/support/main.ts",
});
