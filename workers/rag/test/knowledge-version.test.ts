import { env } from "cloudflare:workers";
import { ok } from "@crescendai/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { migrate, ragOn, remove, stored } from "./support/service.ts";

beforeAll(migrate);

const version = async (bindings: RagEnv = env) => await ragOn(bindings).knowledgeVersion();

describe("the library's version", () => {
  it("changes when a document comes or goes, and with a model; otherwise it stays", async () => {
    const before = await version();
    expect(await version()).toEqual(before);
    const { id } = await stored("Practise scales slowly.");
    const after = await version();
    await remove(id);
    const versions = [before, after, await version(), await version({ ...env, RERANKING_MODEL: "another" })];
    expect(versions).toEqual(versions.map(() => ok(expect.any(String))));
    expect(new Set(versions.map((each) => JSON.stringify(each))).size).toBe(versions.length);
  });
});
