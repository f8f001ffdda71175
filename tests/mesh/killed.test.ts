import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { recordingsOf, uploadAs } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { runtimeProcess } from "../support/runtime-process.ts";
import { struckNotes, wavFile } from "../support/wav.ts";

/*
 * The runtime dies in the middle of listening, without a word (kill -9), and is started again on the same data. What
 * was on the queues is lost with it: the local ones are in memory.
 */

const USERS = ["anna", "ben", "carl"];

/** Milliseconds between looks, and of all: nothing else is to be done until the dead run's lease has run out. */
const LOOKS = { interval: 250, timeout: 100_000 };
/** Milliseconds between looks for the beginning of what is over in a second or two. */
const SOON = { ...LOOKS, interval: 20 };

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

/** How many recordings stand so. */
async function count(status: string): Promise<number> {
  const lists = await Promise.all(USERS.map((user) => recordingsOf(mesh, user)));
  return lists.flat().filter((recording) => recording.status === status).length;
}

describe.skipIf(process.platform !== "linux")("a runtime that is killed while it listens", () => {
  it("listens to everything after its restart, and nothing is lost or stuck", async () => {
    const sound = struckNotes(40);
    const takes = USERS.flatMap((user, number) =>
      [0, 1].map((take) => {
        sound[take] = (number + 1) / 100;
        return { user, bytes: wavFile(sound) };
      }),
    );
    // At once: an upload waits behind what is already listened to, and one after the other most would be done by the last.
    await Promise.all(takes.map(({ user, bytes }) => uploadAs(mesh, user, bytes)));
    await vi.waitFor(async () => expect(await count("analyzing")).toBeGreaterThan(0), SOON);
    process.kill(runtimeProcess(), "SIGKILL");
    await mesh.restart();
    // What it died in.
    expect(await count("analyzing")).toBeGreaterThan(0);
    await vi.waitFor(async () => {
      // A minute later than now, so that nobody has to wait for the patience of the sweep.
      await mesh.sweep("feedback", 60_000);
      expect(await count("completed")).toBe(2 * USERS.length);
    }, LOOKS);
  }, 240_000);
});
