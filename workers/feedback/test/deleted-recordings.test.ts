import { env, exports } from "cloudflare:workers";
import { ok } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import { describe, expect, test } from "vitest";
import {
  aloneWithItsJobs,
  countingAnalyser,
  deliver,
  heldAnalyser,
  jobOf,
  storeWaiting,
  throwingAnalyser,
  ticketFor,
} from "./support/jobs.ts";
import { deleteRecording, hideRecording } from "./support/recordings.ts";

const DEAD_LETTERS = "crescendai-listening-dead-letter";

aloneWithItsJobs();

describe("a recording that is deleted", () => {
  test("before the run leaves nothing", async () => {
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording), { analyse: throwingAnalyser });
    await hideRecording(recording);
    const analyse = countingAnalyser();
    expect(await deliver(ticketFor(recording), { analyse })).toBe("acked");
    expect(analyse.calls()).toBe(0);
    expect(await jobOf(recording)).toBeNull();
  });

  test.each([
    ["hidden", hideRecording],
    ["wholly deleted", deleteRecording],
  ])("in mid-analysis (%s) leaves nothing, however the run ends", async (_, remove) => {
    for (const end of ["hear", "throwFault"] as const) {
      const recording = await storeWaiting("alice");
      const run = heldAnalyser();
      const delivery = deliver(ticketFor(recording), { analyse: run.analyse });
      await run.started;
      await remove(recording);
      run[end]();
      if ((await delivery) === "retried") expect(await deliver(ticketFor(recording))).toBe("acked");
      expect(await jobOf(recording)).toBeNull();
    }
  });

  test("between being looked up and being taken up leaves nothing, and isn't listened to", async () => {
    const recording = await storeWaiting("alice");
    const getRecording = async () => {
      await deleteRecording(recording);
      return ok(recording);
    };
    const bindings = { ...env, RECORDINGS: overriding(env.RECORDINGS, { getRecording }) };
    const analyse = countingAnalyser();
    expect(await deliver(ticketFor(recording), { bindings, analyse })).toBe("acked");
    expect(analyse.calls()).toBe(0);
    expect(await jobOf(recording)).toBeNull();
  });

  test("right after the analysis leaves nothing", async () => {
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording));
    await deleteRecording(recording);
    expect(await jobOf(recording)).toBeNull();
    expect(await deliver(ticketFor(recording))).toBe("acked");
    expect(await jobOf(recording)).toBeNull();
  });

  test("before its dead letter leaves nothing", async () => {
    const recording = await storeWaiting("alice");
    await deliver(ticketFor(recording), { analyse: throwingAnalyser });
    await hideRecording(recording);
    expect(await deliver(ticketFor(recording), { queue: DEAD_LETTERS })).toBe("acked");
    expect(await jobOf(recording)).toBeNull();
  });

  test("is forgotten once and for all, and forgotten again without harm to others", async () => {
    const [recording, other] = [await storeWaiting("alice"), await storeWaiting("alice")];
    await deliver(ticketFor(recording));
    await deliver(ticketFor(other));
    for (let time = 0; time < 2; time += 1)
      expect(await exports.default.forgetRecording(recording.id)).toEqual(ok(null));
    expect(await jobOf(recording)).toBeNull();
    expect((await jobOf(other))?.status).toBe("completed");
  });
});
