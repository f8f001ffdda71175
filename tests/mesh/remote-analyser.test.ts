import type { Feedback } from "@crescendai/contracts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  ANSWER,
  answers,
  answersWell,
  type Behaviour,
  MISBEHAVIOURS,
  startAnalyserServer,
} from "../support/analyser-server.ts";
import { feedbackOn, freshUsers, uploadAs } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { MINUET_RATE, minuetStart } from "../support/samples.ts";
import { feedbackDatabase } from "../support/storage.ts";
import { wavFile } from "../support/wav.ts";

/*
 * The remote analyser over real connections: a server of ours that speaks the protocol, and misbehaves in every way
 * that we could think of. Whatever it does, the player has feedback.
 */

const TOKEN = "a-test-token";
/** Seconds that it may take in all: more than it ever needs, and few where it hangs anyway, but enough to be asked. */
const PATIENT = "30";
const IMPATIENT = "3";

const PIANO = minuetStart(8);

let server: Awaited<ReturnType<typeof startAnalyserServer>>;
let mesh: Mesh;
beforeAll(async () => {
  server = await startAnalyserServer();
  mesh = await startMesh(withBudget(PATIENT));
});
afterAll(async () => {
  await mesh.close();
  server.close();
});
beforeEach(async () => {
  await (await feedbackDatabase(mesh)).prepare("DELETE FROM circuits").run();
});

function withBudget(seconds: string) {
  const settings = { ANALYSER_URL: server.url, ANALYSER_TOKEN: TOKEN, ANALYSER_TIMEOUT_SECONDS: seconds };
  return { environment: settings };
}

const nextUser = freshUsers("player");
let takes = 0;

/** A recording of a piano that was never sent before. */
function take(): Uint8Array<ArrayBuffer> {
  takes += 1;
  const samples = PIANO.slice();
  samples[0] = takes / 32_768;
  return wavFile(samples, MINUET_RATE);
}

async function feedbackWith(...behaviours: readonly Behaviour[]): Promise<Feedback> {
  server.behave(...behaviours);
  const user = nextUser();
  return await feedbackOn(mesh, user, await uploadAs(mesh, user, take()));
}

describe("a remote analyser that answers", () => {
  it("gets the file with what the protocol says, and its scales are in the feedback, under both names", async () => {
    server.behave(answersWell);
    const bytes = take();
    const id = await uploadAs(mesh, "clara", bytes);
    const { metadata } = await feedbackOn(mesh, "clara", id);
    expect(metadata.model_version).toMatch(/^mert-330m-test \+ embedded-/);
    expect(metadata.perception).toEqual(ANSWER.perception);
    expect(server.received).toHaveLength(1);
    const [request] = server.received;
    expect(request).toMatchObject({
      method: "POST",
      url: "/v1/analyse",
      headers: {
        authorization: `Bearer ${TOKEN}`,
        "content-type": "audio/wav",
        accept: "application/json",
        "content-length": String(bytes.length),
        "recording-id": id,
        "recording-duration": "8",
      },
    });
    expect(request?.body.equals(bytes)).toBe(true);
    expect(JSON.stringify(request?.headers)).not.toContain("clara");
  });

  it("after a fault is asked again", async () => {
    const { metadata } = await feedbackWith(answers(500, ""), answersWell);
    expect(metadata.perception).toEqual(ANSWER.perception);
  });
});

describe("a remote analyser that", () => {
  beforeAll(async () => {
    await mesh.restart(withBudget(IMPATIENT));
    // The first time a runtime listens takes longest, so long that a busy machine may not come to ask within the budget.
    await feedbackWith(answersWell);
  });

  it.each(Object.entries(MISBEHAVIOURS))("%s leaves the feedback to our own ears", async (_, behaviour) => {
    const { metadata } = await feedbackWith(behaviour);
    expect(metadata.model_version).toMatch(/^embedded-[^+]*$/);
    expect(metadata.perception).not.toEqual(ANSWER.perception);
    expect(server.count()).toBeGreaterThan(0);
    expect(server.received.every(({ url }) => url === "/v1/analyse")).toBe(true);
  });

  it("fails again and again is not asked any more for a while", async () => {
    // As four recordings have left it.
    const database = await feedbackDatabase(mesh);
    await database.prepare("INSERT INTO circuits (name, failures) VALUES ('analyser', 4)").run();
    await feedbackWith(MISBEHAVIOURS["doesn't know us"]);
    const { metadata } = await feedbackWith(answersWell);
    expect(metadata.model_version).toMatch(/^embedded-[^+]*$/);
    expect(server.count()).toBe(0);
  });
});
