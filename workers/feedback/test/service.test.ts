import { exports } from "cloudflare:workers";
import { requestOf } from "@crescendai/worker-testing/caller";
import {
  describeServiceContract,
  describeUserDataContract,
} from "@crescendai/worker-testing/service-contract";
import { beforeAll } from "vitest";
import { migrateDatabases, storeRecording } from "./support/recordings.ts";
import { post } from "./support/requests.ts";

beforeAll(migrateDatabases);

describeServiceContract("feedback", () => exports.default);

describeUserDataContract(
  "feedback",
  () => exports.default,
  async (userId) => {
    const { id } = await storeRecording(userId);
    await exports.default.fetch(requestOf(userId, "/api/v1/analyze", post({ id })));
  },
);
