import { requestOf } from "@crescendai/worker-testing/caller";
import {
  describeServiceContract,
  describeUserDataContract,
} from "@crescendai/worker-testing/service-contract";
import { beforeAll } from "vitest";
import { DOCUMENTS, migrate, ragOn } from "./support/service.ts";

beforeAll(migrate);

describeServiceContract("rag", () => ragOn());

describeUserDataContract(
  "rag",
  () => ragOn(),
  async (userId) => {
    const body = JSON.stringify({ text: `A document that ${crypto.randomUUID()} is in.` });
    const headers = { "content-type": "application/json" };
    await ragOn().fetch(requestOf(userId, DOCUMENTS, { method: "POST", body, headers }));
  },
);
