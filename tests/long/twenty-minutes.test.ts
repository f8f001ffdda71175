import { readFile } from "node:fs/promises";
import { MAX_AUDIO_BYTES } from "@crescendai/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { analyse, feedbackOn, jobAs, sendUpload, uploaded, uploadForm } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { repeatedMp3 } from "../support/odd-files.ts";

const USER = "marathon";

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

it("an MP3 of twenty minutes and more is heard up to twenty minutes, and that is said", async () => {
  const sample = await readFile(new URL("../fixtures/petzold-minuet-in-g.mp3", import.meta.url));
  // Frames of 144 bytes on average (48 kbit/s, 26 ms), until there are some seconds more than twenty minutes.
  const file = repeatedMp3(new Uint8Array(sample), 20 * 60 * 6000 + 100_000);
  expect(file.length).toBeLessThan(MAX_AUDIO_BYTES);
  const { id } = await uploaded(await sendUpload(mesh, USER, uploadForm(file, {}, "audio/mpeg")));
  const jobId = await analyse(mesh, USER, id);
  const { metadata } = await feedbackOn(mesh, USER, id);
  expect(await jobAs(mesh, USER, jobId)).toMatchObject({ status: "completed", error: null });
  expect(metadata.heard).toBe("music");
  expect(metadata.analysed_duration).toBeCloseTo(1200, 0);
  expect(metadata.duration).toBeGreaterThan(1200);
  expect(metadata.notes.join(" ")).toMatch(/Only the first 20:00 of 20:\d\d were listened to/);
}, 300_000);
