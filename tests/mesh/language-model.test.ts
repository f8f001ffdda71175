import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { CompletionRequest, Feedback, OrchestratorRpc } from "@crescendai/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { feedbackOn, uploadAs } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { feedbackDatabase } from "../support/storage.ts";
import { inARow, silence, struckNotes, wavFile } from "../support/wav.ts";

const KEY = "a-key-of-the-operator";

const QUESTION: CompletionRequest = {
  user_id: "alice",
  request_id: "test",
  purpose: "chat",
  messages: [{ role: "user", content: "Thanks!" }],
  repeatable: false,
};

/** The provider on the network, as long as it isn't told to fail. */
const provider = new Worker(new URL("../support/provider-thread.ts", import.meta.url), { workerData: KEY });
const listening = once(provider, "message");

let mesh: Mesh;
let port: number;
let recording: string;
let composed: Feedback;

beforeAll(async () => {
  [port] = await listening;
  mesh = await startMesh();
});

afterAll(async () => {
  await mesh.close();
  await provider.terminate();
});

/** Eight seconds of even notes, and as many after a hole: something to be glad of, and something to work on. */
const TAKE = wavFile(inARow(struckNotes(16), silence(4), struckNotes(16)));

/** What the feedback is without its wording: sentences as the numbers in them. */
function exceptWording(feedback: Feedback) {
  const figures = (texts: readonly string[]) => texts.map((text) => text.match(/\d+/gu));
  const { overall_assessment, temporal_feedback, encouragement, metadata, ...rest } = feedback;
  return {
    ...rest,
    overall_assessment: {
      ...overall_assessment,
      strengths: figures(overall_assessment.strengths),
      areas_for_improvement: figures(overall_assessment.areas_for_improvement),
    },
    temporal_feedback: temporal_feedback.map((moment) => ({
      ...moment,
      observations: figures(moment.observations),
      specific_suggestions: figures(moment.specific_suggestions),
    })),
    encouragement: figures([encouragement]),
    metadata: { ...metadata, wording: null, notes: figures(metadata.notes) },
  };
}

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
    recording = await uploadAs(mesh, "clara", TAKE);
    composed = await feedbackOn(mesh, "clara", recording);
    await mesh.restart({
      environment: {
        DEDALUS_API_KEY: KEY,
        DEDALUS_BASE_URL: `http://127.0.0.1:${port}`,
        FEEDBACK_PROSE: "on",
      },
    });
    expect(await ask()).toMatchObject({
      ok: true,
      value: { content: "Hello.", model: "openai/gpt-5-nano-2025-08-07" },
    });
  });

  test("changes nothing of the feedback that it is to word while it fails", async () => {
    provider.postMessage(true);
    expect(composed.metadata.wording).toEqual({ by: "composed", model: null });
    expect(await feedbackOn(mesh, "clara", recording)).toEqual(composed);
    provider.postMessage(false);
  });

  test("changes the wording of feedback and nothing else, and that only where it says the same", async () => {
    const database = await feedbackDatabase(mesh);
    await database.prepare("UPDATE wordings SET ask_after = ''").run();
    const worded = await feedbackOn(mesh, "clara", recording);
    expect(worded.metadata.wording).toEqual({
      by: "language_model",
      model: "openai/gpt-5-nano-2025-08-07",
    });
    expect(exceptWording(worded)).toEqual(exceptWording(composed));
    const text = JSON.stringify(worded);
    expect(text).toContain('"Here: ');
    expect(text).not.toContain("Bravo");
  });

  test("is the stand-in again where the key is empty, which has no words of its own for feedback", async () => {
    await mesh.restart({ environment: { DEDALUS_API_KEY: "", FEEDBACK_PROSE: "on" } });
    expect(await ask()).toMatchObject({ ok: true, value: { model: "local/extractive-coach" } });
    const feedback = await feedbackOn(mesh, "dora", await uploadAs(mesh, "dora", TAKE));
    expect(feedback.metadata.wording).toEqual({ by: "composed", model: null });
    expect(feedback.overall_assessment).toEqual(composed.overall_assessment);
    const database = await feedbackDatabase(mesh);
    const { results } = await database
      .prepare("SELECT failures, words FROM wordings WHERE user_id = 'dora'")
      .all();
    expect(results).toEqual([{ failures: 0, words: "[]" }]);
  });
});
