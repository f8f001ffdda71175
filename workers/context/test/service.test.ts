import { applyD1Migrations } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { requestOf } from "@crescendai/worker-testing/caller";
import {
  describeServiceContract,
  describeUserDataContract,
} from "@crescendai/worker-testing/service-contract";
import { beforeAll } from "vitest";

beforeAll(() => applyD1Migrations(env.DB, env.MIGRATIONS_CONTEXT));

describeServiceContract("context", () => exports.default);

describeUserDataContract(
  "context",
  () => exports.default,
  async (userId) => {
    const body = JSON.stringify({ goals: "play the whole Minuet by heart" });
    const headers = { "content-type": "application/json" };
    await exports.default.fetch(requestOf(userId, "/api/v1/context", { method: "PUT", headers, body }));
  },
);
