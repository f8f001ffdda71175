import { env } from "cloudflare:workers";
import type { StoredRecording } from "@crescendai/contracts";
import { beforeAll, describe, expect, test } from "vitest";
import monoMp3 from "../../../packages/performance-analysis/test/decode/fixtures/cbr-mono.mp3?inline";
import monoM4a from "../../../packages/performance-analysis/test/decode/fixtures/mono.m4a?inline";
import monoFlac from "../../../packages/performance-analysis/test/decode/fixtures/mono-24.flac?inline";
import type { StoredAudio } from "../src/analysers/analyser.ts";
import { embeddedAnalyser } from "../src/analysers/embedded.ts";
import { storedAudio } from "../src/analysers/stored-audio.ts";
import { describeFinding } from "../src/composition/findings/describe-finding.ts";
import { tellingOf } from "../src/composition/telling.ts";
import { bytesOfDataUrl } from "./support/data-url.ts";
import { migrateDatabases, storeRecording } from "./support/recordings.ts";
import { silence, struckNotes, wavFile } from "./support/sounds.ts";

beforeAll(migrateDatabases);

const NO_PROGRESS = async () => undefined;

/** A file in memory that notes what is read of it. */
function fileOf(bytes: Uint8Array<ArrayBuffer>): StoredAudio & { readonly reads: number[] } {
  const reads: number[] = [];
  return {
    size: bytes.length,
    reads,
    async read(offset, length) {
      reads.push(offset);
      return bytes.subarray(offset, offset + length);
    },
    stream: async () => new Blob([bytes]).stream(),
  };
}

async function recordingOf(bytes: Uint8Array<ArrayBuffer>, mimeType?: string): Promise<StoredRecording> {
  return await storeRecording("alice", bytes, mimeType);
}

describe("the embedded analyser", () => {
  test("stops reading as soon as it knows that it can't listen", async () => {
    const file = new Uint8Array(1_000_000).fill(1);
    const audio = fileOf(file);
    const heard = await embeddedAnalyser(await recordingOf(new Uint8Array(4)), audio, NO_PROGRESS);
    expect(heard.ok).toBe(false);
    expect(audio.reads).toEqual([0]);
  });

  test.each([
    ["audio/mpeg", monoMp3],
    ["audio/mp4", monoM4a],
    ["audio/flac", monoFlac],
  ])("decodes %s", async (mimeType, file) => {
    const bytes = bytesOfDataUrl(file);
    const heard = await embeddedAnalyser(await recordingOf(bytes, mimeType), fileOf(bytes), NO_PROGRESS);
    expect(heard.ok && heard.value.analysed_duration).toBeGreaterThan(0.2);
  });

  test("says nothing of playing that the composition can't put into words", async () => {
    const notes = struckNotes(12);
    const file = wavFile(
      notes,
      silence(3),
      notes.map((sample) => sample / 8),
    );
    const heard = await embeddedAnalyser(await recordingOf(file), fileOf(file), NO_PROGRESS);
    if (!heard.ok) throw new Error(heard.error.message);
    expect(heard.value.heard).toBe("music");
    expect(heard.value.findings.length).toBeGreaterThan(1);
    for (const register of ["simple", "usual", "terse"] as const) {
      const telling = tellingOf(heard.value, { register, practiceShare: 0.7 });
      for (const finding of heard.value.findings)
        expect(describeFinding(finding, telling), finding.kind).not.toBeNull();
    }
  });

  test("tells its progress by the seconds listened to as it grows, up to the end", async () => {
    const file = wavFile(struckNotes(30));
    const shares: number[] = [];
    await embeddedAnalyser(await recordingOf(file), fileOf(file), async (share) => {
      shares.push(share);
    });
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  test("stops listening once nobody wants the analysis any more", async () => {
    const file = wavFile(struckNotes(31));
    const lost = async () => {
      throw new Error("lost");
    };
    await expect(embeddedAnalyser(await recordingOf(file), fileOf(file), lost)).rejects.toThrow("lost");
  });

  test("lets others have their turn while it listens", async () => {
    const recording = await recordingOf(wavFile(struckNotes(50)));
    const audio = storedAudio(env.AUDIO, recording.object_key, recording.file_size);
    let listening = true;
    let turns = 0;
    // Somebody else in this isolate, who waits for a timer as the feedback route does.
    const other = (async () => {
      while (listening) {
        await scheduler.wait(1);
        turns += 1;
      }
    })();
    await embeddedAnalyser(recording, audio, NO_PROGRESS);
    listening = false;
    const meanwhile = turns;
    await other;
    expect(meanwhile).toBeGreaterThan(20);
  });
});
