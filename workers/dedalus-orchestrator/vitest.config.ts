import { workerTestConfig } from "@crescendai/worker-testing/config";

export default workerTestConfig(import.meta.dirname, {
  databases: ["dedalus-orchestrator"],
  scriptedProvider: true,
});
