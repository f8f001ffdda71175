import {
  describeServiceContract,
  describeUserDataContract,
} from "@crescendai/worker-testing/service-contract";
import { beforeAll } from "vitest";
import { keepRecording } from "./support/rows.ts";
import { ask, migrate, recordingsOn } from "./support/service.ts";

beforeAll(migrate);

describeServiceContract("recordings", () => recordingsOn());

describeUserDataContract(
  "recordings",
  () => recordingsOn(),
  async (userId) => {
    await keepRecording(userId, {}, Uint8Array.of(1, 2, 3));
    const another = await keepRecording(userId, {}, Uint8Array.of(4, 5, 6));
    await ask(userId, `/api/v1/recordings/${another.id}`, { method: "DELETE" });
  },
);
