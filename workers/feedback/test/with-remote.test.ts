import { env } from "cloudflare:workers";
import { type Analysis, DIMENSIONS, failed, ok } from "@crescendai/contracts";
import { openCircuitBreaker } from "@crescendai/worker-kit";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Analyser } from "../src/analysers/analyser.ts";
import { type DimensionMapping, mergeAnalyses } from "../src/analysers/remote/merge.ts";
import { CIRCUIT_POLICY } from "../src/analysers/remote/policy.ts";
import { withRemote } from "../src/analysers/with-remote.ts";
import { MUSIC_ANALYSIS, REMOTE_ANSWER, SILENT_ANALYSIS } from "./support/analyses.ts";
import { database, heldLog } from "./support/jobs.ts";
import { migrateDatabases } from "./support/recordings.ts";
import {
  AUDIO,
  configured,
  hangs,
  NOW,
  otherSide,
  RECORDING,
  type Reply,
  says,
  status,
} from "./support/remote.ts";

const { failuresToOpen: FAILURES_TO_OPEN, openMs: OPEN_MS } = CIRCUIT_POLICY;

beforeAll(migrateDatabases);
beforeEach(async () => {
  await env.DB.exec("DELETE FROM circuits");
});

const NO_PROGRESS = async (_share: number) => undefined;

/** Marks every dimension with the first scale's reading, so that it shows which reading was mapped. */
const marking: DimensionMapping = (perception, _uncertainty, heard) => {
  const dimensions = { ...heard.dimensions };
  const score = 100 * perception.timing_stable_unstable;
  for (const name of DIMENSIONS) dimensions[name] = { score, uncertainty: 5, basis: "rated", reason: null };
  return dimensions;
};

function hears(analysis: Analysis): Analyser {
  return async () => ok(analysis);
}

/** An analyser with a remote side that answers so, and what it did. */
function listening(replies: readonly Reply[], embedded: Analyser = hears(MUSIC_ANALYSIS), budgetMs?: number) {
  const side = otherSide(...replies);
  const log = heldLog();
  const analyse = withRemote({
    configuration: configured(budgetMs),
    embedded,
    breaker: openCircuitBreaker(database, "analyser", CIRCUIT_POLICY),
    mapping: marking,
    surroundings: side.surroundings,
    log,
  });
  return {
    ...side,
    log,
    listen: (progressed: (share: number) => Promise<void> = NO_PROGRESS) =>
      analyse(RECORDING, AUDIO, progressed),
  };
}

describe("listening with a remote model", () => {
  test("takes the scales from there, the dimensions that follow from them, and all else from here", async () => {
    const { listen } = listening([says()]);
    const { perception, perception_uncertainty } = REMOTE_ANSWER;
    const heard = await listen();
    expect(heard).toMatchObject({
      ok: true,
      value: { model_version: "mert-330m-test + ears", perception, perception_uncertainty },
    });
    if (!heard.ok) return;
    expect(heard.value.dimensions.phrasing.score).toBe(60);
    const { model_version, perception: _, perception_uncertainty: __, dimensions, ...rest } = MUSIC_ANALYSIS;
    expect(heard.value).toMatchObject(rest);
  });

  test.each([
    ["fails", [status(500)], "remote analyser failed"],
    ["answers nonsense", [says("nonsense")], "remote analyser failed"],
    ["can't judge the recording", [status(422)], "remote analyser failed"],
    ["isn't configured as it wants", [status(401)], "remote analyser not configured as it wants"],
  ] satisfies [string, Reply[], string][])(
    "that %s leaves our own ears' word, and a line in the log",
    async (_, replies, event) => {
      const { listen, log } = listening(replies);
      expect(await listen()).toEqual(ok(MUSIC_ANALYSIS));
      expect(log.events).toEqual([event]);
    },
  );

  test("doesn't have it judge what is no music", async () => {
    const { listen, requests } = listening([hangs], hears(SILENT_ANALYSIS));
    expect(await listen()).toEqual(ok(SILENT_ANALYSIS));
    await scheduler.wait(0);
    expect(requests.every(({ init }) => init.signal?.aborted)).toBe(true);
  });

  test("ends as our own ears end, where they can't listen", async () => {
    const refused = failed({ message: "This can't be listened to." });
    expect(await listening([says()], async () => refused).listen()).toEqual(refused);
    const faulty = listening([hangs], async () => {
      throw new Error("a fault that may pass");
    });
    await expect(faulty.listen()).rejects.toThrow("a fault that may pass");
  });

  test("gives signs of life while it waits, and waits no longer once the job is lost", async () => {
    const { listen, requests } = listening([hangs]);
    let signs = 0;
    const lost = async (share: number) => {
      expect(share).toBe(0.99);
      signs += 1;
      if (signs === 3) throw new Error("lost");
    };
    await expect(listen(lost)).rejects.toThrow("lost");
    await scheduler.wait(0);
    expect(requests.map(({ init }) => init.signal?.aborted)).toEqual([true]);
  });

  test("keeps no secret in the log", async () => {
    const { listen, log } = listening([says("nonsense a-secret")]);
    await listen();
    expect(JSON.stringify(log)).not.toContain("a-secret");
  });
});

describe("a remote analyser that goes on failing", () => {
  test("is left alone after a few recordings, whoever asks, and tried again by one later", async () => {
    for (let time = 0; time < FAILURES_TO_OPEN; time += 1) {
      const { listen, requests } = listening([status(401)]);
      await listen();
      expect(requests).toHaveLength(1);
    }
    const left = listening([says()]);
    expect(await left.listen()).toEqual(ok(MUSIC_ANALYSIS));
    expect(left.requests).toEqual([]);
    expect(left.log.events).toEqual(["remote analyser left alone"]);

    const breaker = openCircuitBreaker(database, "analyser", CIRCUIT_POLICY);
    expect(await breaker.allows(NOW + OPEN_MS - 1)).toBe(false);
    const asked = await Promise.all([1, 2, 3].map(() => breaker.allows(NOW + OPEN_MS)));
    expect(asked.filter((allowed) => allowed)).toHaveLength(1);
    // Nobody heard of the trial: after as long again another may.
    expect(await breaker.allows(NOW + 2 * OPEN_MS)).toBe(true);
    await breaker.ended(false, NOW + 2 * OPEN_MS);
    expect(await breaker.allows(NOW + 3 * OPEN_MS - 1)).toBe(false);
    expect(await breaker.allows(NOW + 3 * OPEN_MS)).toBe(true);
    await breaker.ended(true, NOW + 3 * OPEN_MS);
    expect(await Promise.all([1, 2, 3].map(() => breaker.allows(NOW + 3 * OPEN_MS)))).toEqual([
      true,
      true,
      true,
    ]);
  });

  test("but answers now and then isn't", async () => {
    for (let time = 0; time < 2 * FAILURES_TO_OPEN; time += 1) {
      const { listen, requests } = listening([time % 3 === 2 ? status(422) : status(401)]);
      await listen();
      expect(requests).toHaveLength(1);
    }
  });

  test("isn't blamed for what we didn't want to hear any more", async () => {
    for (let time = 0; time < FAILURES_TO_OPEN; time += 1)
      await listening([hangs], hears(SILENT_ANALYSIS)).listen();
    await scheduler.wait(0);
    expect(await openCircuitBreaker(database, "analyser", CIRCUIT_POLICY).allows(NOW)).toBe(true);
  });
});

describe("the uncertainty of the scales", () => {
  const { perception_uncertainty: _, ...untold } = REMOTE_ANSWER;

  test("is the remote model's own, else our ears', else that of a guess", () => {
    const own = mergeAnalyses(MUSIC_ANALYSIS, REMOTE_ANSWER, marking);
    expect(own.perception_uncertainty?.timbre_soft_loud).toBe(0.1);
    const ours = { ...MUSIC_ANALYSIS, perception_uncertainty: own.perception };
    expect(mergeAnalyses(ours, untold, marking).perception_uncertainty?.timbre_soft_loud).toBe(0.6);
    expect(mergeAnalyses(MUSIC_ANALYSIS, untold, marking).perception_uncertainty?.timbre_soft_loud).toBe(
      0.15,
    );
  });
});
