import { exports } from "cloudflare:workers";
import {
  describeServiceContract,
  describeUserDataContract,
} from "@crescendai/worker-testing/service-contract";
import { beforeAll } from "vitest";
import { recordUsage } from "../src/accounting/budget.ts";
import { migrateDatabase, setUp } from "./support/orchestrator.ts";

beforeAll(migrateDatabase);

describeServiceContract("dedalus-orchestrator", () => exports.default);

describeUserDataContract(
  "dedalus-orchestrator",
  () => exports.default,
  async (userId) => {
    const { orchestrator } = await setUp([[]]);
    const usage = { prompt_tokens: 1, completion_tokens: 1, cost_microdollars: 1 };
    await recordUsage(orchestrator, userId, "openai/gpt-5-nano", usage);
  },
);
