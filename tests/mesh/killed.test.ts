import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordingsOf, uploadAs } from "../support/client.ts";
import { type LocalMesh, startLocalMesh } from "../support/local-mesh.ts";
import { runtimeProcess } from "../support/runtime-process.ts";
import { struckNotes, wavFile } from "../support/wav.ts";

/*
 * The runtime dies in the middle of listening, without a word (kill -9), and is started again on the same data. What
 * was on the queues is lost with it: the local ones are in memory.
 */

const USERS = ["anna", "ben", "carl"];

/** Milliseconds between looks: nothing else is to be done until the dead run's lease has run out. */
const LOOK_MS = 500;

let mesh: LocalMesh;
beforeAll(async () => {
  mesh = await startLocalMesh();
});
afterAll(() => mesh.close());

/** How many recordings stand so. */
async function count(status: string): Promise<number> {
  const lists = await Promise.all(USERS.map((user) => recordingsOf(mesh, user)));
  return lists.flat().filter((recording) => recording.status === status).length;
}

/** Looks until it is so. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 120; look += 1) {
    if (await isSo()) return;
    await new Promise((next) => setTimeout(next, LOOK_MS));
  }
  throw new Error(`not within a minute: ${what}`);
}

describe.skipIf(process.platform !== "linux")("a runtime that is killed while it listens", () => {
  it("listens to everything after its restart, and nothing is lost or stuck", async () => {
    const sound = struckNotes(480);
    for (const [number, user] of USERS.entries()) {
      for (const take of [0, 1]) {
        sound[take] = (number + 1) / 100;
        await uploadAs(mesh, user, wavFile(sound));
      }
    }
    await until("somebody listens", async () => (await count("analyzing")) > 0);
    process.kill(runtimeProcess(), "SIGKILL");
    await mesh.restart();
    expect(await count("completed")).toBeLessThan(2 * USERS.length);
    const feedback = await mesh.runtime.getWorker("crescendai-feedback");
    await until("all are listened to", async () => {
      // A minute later than now, so that nobody has to wait for the patience of the sweep.
      await feedback.scheduled({ cron: "* * * * *", scheduledTime: new Date(Date.now() + 60_000) });
      return (await count("completed")) === 2 * USERS.length;
    });
  }, 120_000);
});
