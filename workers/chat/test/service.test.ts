import { exports } from "cloudflare:workers";
import {
  describeServiceContract,
  describeUserDataContract,
} from "@crescendai/worker-testing/service-contract";
import { beforeAll } from "vitest";
import { migrate, newSession, sendForJson } from "./support/chat.ts";
import { saying, scriptModel } from "./support/scripts.ts";

beforeAll(migrate);

describeServiceContract("chat", () => exports.default);

describeUserDataContract(
  "chat",
  () => exports.default,
  async (user) => {
    scriptModel(user, () => saying("Play it slowly."));
    const { id } = await newSession(user);
    await sendForJson(user, id, "How do I play evenly?");
  },
);
