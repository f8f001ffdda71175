import { MAX_AUDIO_BYTES } from "@crescendai/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hear } from "../support/heard.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { repeatedMp3 } from "../support/odd-files.ts";
import { MINUET } from "../support/samples.ts";

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

it("an MP3 of twenty minutes and more is heard up to twenty minutes, and that is said", async () => {
  // Frames of 144 bytes on average (48 kbit/s, 26 ms), until there are some seconds more than twenty minutes.
  const file = repeatedMp3(MINUET.MP3.bytes, 20 * 60 * 6000 + 100_000);
  expect(file.length).toBeLessThan(MAX_AUDIO_BYTES);
  const { metadata } = (await hear(mesh, "marathon", file, MINUET.MP3.mime)).feedback;
  expect(metadata.heard).toBe("music");
  expect(metadata.analysed_duration).toBeCloseTo(1200, 0);
  expect(metadata.duration).toBeGreaterThan(1200);
  expect(metadata.notes.join(" ")).toMatch(/Only the first 20:00 of 20:\d\d were listened to/);
}, 300_000);
