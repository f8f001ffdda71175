import { env } from "cloudflare:workers";
import type { StoredRecording } from "@crescendai/contracts";
import { readInChunks } from "@crescendai/worker-kit";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { embeddedAnalyser } from "../src/analysers/embedded.ts";
import { migrateDatabases, storeRecording } from "./support/recordings.ts";
import { present, unwrap } from "./support/results.ts";
import { silence, struckNotes, wavFile } from "./support/sounds.ts";

beforeAll(migrateDatabases);

const NO_PROGRESS = async () => undefined;

/** Bytes in pieces of the given sizes, again and again; notes how many were taken and whether it was left. */
function pieces(bytes: Uint8Array, sizes: readonly number[]) {
  const seen = { taken: 0, left: false };
  async function* cut() {
    try {
      for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
        const end = start + (sizes[turn % sizes.length] ?? bytes.length);
        seen.taken += 1;
        yield bytes.subarray(start, end);
        start = end;
      }
    } finally {
      seen.left = true;
    }
  }
  return { bytes: cut(), seen };
}

async function recordingOf(bytes: Uint8Array<ArrayBuffer>, mimeType?: string): Promise<StoredRecording> {
  return await storeRecording("alice", bytes, mimeType);
}

describe("the embedded analyser", () => {
  test("stops reading as soon as it knows that it can't listen", async () => {
    const file = new Uint8Array(1_000_000).fill(1);
    const { bytes, seen } = pieces(file, [4096]);
    const heard = await embeddedAnalyser(await recordingOf(new Uint8Array(4)), bytes, NO_PROGRESS);
    expect(heard.ok).toBe(false);
    expect(seen).toEqual({ taken: 1, left: true });
  });

  test.each([
    ["audio/mpeg", "MP3"],
    ["audio/mp4", "M4A"],
    ["audio/flac", "FLAC"],
    ["audio/ogg", "audio/ogg"],
  ])("leaves %s unread and names it", async (mimeType, name) => {
    const { bytes, seen } = pieces(new Uint8Array(100), [10]);
    const heard = await embeddedAnalyser(
      await recordingOf(crypto.getRandomValues(new Uint8Array(8)), mimeType),
      bytes,
      NO_PROGRESS,
    );
    expect(seen.taken).toBe(0);
    expect(!heard.ok && heard.error.message).toContain(name);
  });

  test("tells its progress as it grows, up to the whole file", async () => {
    const file = wavFile(struckNotes(4));
    const shares: number[] = [];
    await embeddedAnalyser(await recordingOf(file), pieces(file, [8192]).bytes, async (share) => {
      shares.push(share);
    });
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test("hears the same in whatever pieces the bytes come", async () => {
    const file = wavFile(struckNotes(3), silence(1), struckNotes(3));
    const recording = await recordingOf(file);
    const whole = unwrap(await embeddedAnalyser(recording, pieces(file, [file.length]).bytes, NO_PROGRESS));
    const sizes = fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sizes, async (cuts) => {
        fc.pre(Math.max(...cuts) > 1000);
        const heard = await embeddedAnalyser(recording, pieces(file, cuts).bytes, NO_PROGRESS);
        expect(unwrap(heard)).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  test("lets others have their turn while it listens", async () => {
    const recording = await recordingOf(wavFile(struckNotes(120)));
    const object = present(await env.AUDIO.get(recording.object_key));
    let listening = true;
    let turns = 0;
    // Somebody else in this isolate, who waits for a timer as the feedback route does.
    const other = (async () => {
      while (listening) {
        await scheduler.wait(1);
        turns += 1;
      }
    })();
    await embeddedAnalyser(recording, readInChunks(object.body), NO_PROGRESS);
    listening = false;
    const meanwhile = turns;
    await other;
    expect(meanwhile).toBeGreaterThan(20);
  });
});
