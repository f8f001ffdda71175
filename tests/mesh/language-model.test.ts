import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { CompletionRequest, OrchestratorRpc } from "@crescendai/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Mesh, startMesh } from "../support/mesh.ts";

const KEY = "a-key-of-the-operator";

const QUESTION: CompletionRequest = {
  user_id: "alice",
  request_id: "test",
  purpose: "chat",
  messages: [{ role: "user", content: "Thanks!" }],
  repeatable: false,
};

/**
 * The provider on the network, which answers whoever has the key. In a thread of its own, because calling a binding from here
 * holds up this one.
 */
const PROVIDER = `
  const { createServer } = require("node:http");
  const { parentPort, workerData } = require("node:worker_threads");
  const server = createServer((request, response) => {
    request.resume();
    response.statusCode = request.headers.authorization === "Bearer " + workerData ? 200 : 401;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({
      model: "openai/gpt-5-nano-2025-08-07",
      choices: [{ index: 0, message: { role: "assistant", content: "Hello." }, finish_reason: "stop" }],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    }));
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

const provider = new Worker(PROVIDER, { eval: true, workerData: KEY });

let mesh: Mesh;
let port: number;

beforeAll(async () => {
  [port] = await once(provider, "message");
  mesh = await startMesh();
});

afterAll(async () => {
  await mesh.close();
  await provider.terminate();
});

async function ask() {
  const bindings = await mesh.runtime.getBindings<{ ORCHESTRATOR: OrchestratorRpc }>("crescendai-gateway");
  return await bindings.ORCHESTRATOR.complete(QUESTION);
}

describe("the language model of a local mesh", () => {
  test("is the stand-in, which names itself, where there is no key", async () => {
    expect(await ask()).toMatchObject({
      ok: true,
      value: { model: "local/extractive-coach", finish_reason: "stop", usage: { cost_microdollars: 0 } },
    });
  });

  test("is the provider on the network where there is one", async () => {
    await mesh.restart({
      environment: { DEDALUS_API_KEY: KEY, DEDALUS_BASE_URL: `http://127.0.0.1:${port}` },
    });
    expect(await ask()).toMatchObject({
      ok: true,
      value: { content: "Hello.", model: "openai/gpt-5-nano-2025-08-07" },
    });
  });

  test("is the stand-in again where the key is empty", async () => {
    await mesh.restart({ environment: { DEDALUS_API_KEY: "" } });
    expect(await ask()).toMatchObject({ ok: true, value: { model: "local/extractive-coach" } });
  });
});
