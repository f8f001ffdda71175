import { ChunkListSchema, DocumentSchema, type Feedback } from "@crescendai/contracts";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedLocalLibrary } from "../../scripts/local/seed.ts";
import { feedbackOn, uploadAs } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { inARow, silence, struckNotes, wavFile } from "../support/wav.ts";

/** As long as four databases may take to be migrated by wrangler, and the library to be read, while other tests run. */
const START_TIMEOUT_MS = 180_000;

/** 16 notes, half a second apart, all equally loud; and the same twice with a hole between. */
const EVEN_NOTES = struckNotes(16);
const TAKES = {
  flat: wavFile(EVEN_NOTES),
  broken: wavFile(inARow(EVEN_NOTES, silence(4), EVEN_NOTES)),
} as const;

let mesh: Mesh;
let flat: Feedback;
let broken: Feedback;
beforeAll(async () => {
  mesh = await startMesh();
  await seedLocalLibrary(mesh.runtime);
  flat = await feedbackOn(mesh, "clara", await uploadAs(mesh, "clara", TAKES.flat));
  broken = await feedbackOn(mesh, "clara", await uploadAs(mesh, "clara", TAKES.broken));
}, START_TIMEOUT_MS);
afterAll(() => mesh.close());

/** A document as it was sent, which administrators may see: on a mesh without keys, whoever names no user. */
async function originalOf(id: string): Promise<string> {
  const answer = await mesh.fetch(`/api/v1/knowledge/documents/${id}/original`);
  expect(answer.status).toBe(200);
  return await answer.text();
}

async function chunksOf(id: string) {
  const answer = await mesh.fetch(`/api/v1/knowledge/documents/${id}/chunks?limit=100`);
  return v.parse(ChunkListSchema, await answer.json()).chunks;
}

/** The exercise that this is built on, and the citation. */
function firstCited({ practice_recommendations, citations }: Feedback, exercise: RegExp) {
  const text = practice_recommendations.exercises.find((one) => exercise.test(one)) ?? "";
  const number = Number(/\[(\d+)\]/.exec(text)?.[1]);
  return citations.find((citation) => citation.number === number);
}

describe("what feedback cites", () => {
  it("is found word for word in its document and in the passage named", async () => {
    const citations = [...flat.citations, ...broken.citations];
    expect(citations.length).toBeGreaterThanOrEqual(4);
    for (const { document_id, chunk_id, excerpt, title, author } of citations) {
      expect(await originalOf(document_id)).toContain(excerpt);
      const chunk = (await chunksOf(document_id)).find((one) => one.chunk_id === chunk_id);
      expect(chunk?.text).toContain(excerpt);
      const answer = await mesh.fetch(`/api/v1/knowledge/documents/${document_id}`);
      expect(v.parse(DocumentSchema, await answer.json())).toMatchObject({ title, author });
    }
  });

  it("differs with the weakness, and is about the one named", () => {
    const onDynamics = firstCited(flat, /loudness moves|dynamics/);
    const onGap = firstCited(broken, /silence over/);
    expect(onDynamics?.title).toMatch(/dynamics/i);
    expect(onGap?.title).toMatch(/chunking|join/i);
    expect(onGap?.chunk_id).not.toBe(onDynamics?.chunk_id);
  });

  it("is the same when it is asked for again", async () => {
    expect(await feedbackOn(mesh, "clara", broken.recording_id)).toEqual(broken);
    expect(broken.metadata.knowledge).toBe("full");
  });
});
