import {
  ChunkListSchema,
  DocumentListSchema,
  DocumentSchema,
  type KnowledgeDocument,
} from "@crescendai/contracts";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN_ID } from "../support/client.ts";
import { documentedOperations, filledPath } from "../support/documented-operations.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem, expectSafeHeaders } from "../support/problem.ts";

const DOCUMENTS = "/api/v1/knowledge/documents";

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

function sendFile(
  content: string,
  name: string,
  type: string,
  metadata: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData();
  form.append("file", new Blob([content], { type }), name);
  form.append("metadata", JSON.stringify(metadata));
  return mesh.fetch(DOCUMENTS, { method: "POST", body: form, headers });
}

async function documentOf(answer: Response, status: number): Promise<KnowledgeDocument> {
  const body: unknown = await answer.json();
  expect(answer.status, JSON.stringify(body)).toBe(status);
  expectSafeHeaders(answer);
  return v.parse(DocumentSchema, body);
}

/** Asks for a document until the work on it is done. */
async function settled(location: string): Promise<KnowledgeDocument> {
  for (;;) {
    const document = await documentOf(await mesh.fetch(location), 200);
    if (document.status === "ready" || document.status === "failed") return document;
    await mesh.sweep("rag");
  }
}

describe("the documents of the library", () => {
  it("are sent, listed, read, and deleted with all that was made of them", async () => {
    const text =
      "## Legato\n\nThe finger stays down until the next one has its key.\n\n## Staccato\n\nThe key throws it off.";
    const sent = await sendFile(text, "touch.md", "text/markdown", { title: "Touch", topics: ["legato"] });
    const location = sent.headers.get("location") ?? "";
    const document = await documentOf(sent, 201);
    expect(document).toMatchObject({ title: "Touch", status: "ready", searchable: true, topics: ["legato"] });
    expect(location).toBe(`${DOCUMENTS}/${document.id}`);

    const again = await documentOf(
      await sendFile(text, "touch.md", "text/markdown", { title: "Touch", topics: ["legato"] }),
      200,
    );
    expect(again.id).toBe(document.id);

    const list = v.parse(DocumentListSchema, await (await mesh.fetch(`${DOCUMENTS}?status=ready`)).json());
    expect(list.documents.map(({ id }) => id)).toEqual([document.id]);
    const { chunks } = v.parse(ChunkListSchema, await (await mesh.fetch(`${location}/chunks`)).json());
    for (const chunk of chunks) expect(text.slice(chunk.char_start, chunk.char_end)).toBe(chunk.text);
    const original = await mesh.fetch(`${location}/original`);
    expect(original.headers.get("content-disposition")).toMatch(/^attachment;/);
    expectSafeHeaders(original);
    expect(await original.text()).toBe(text);
    const reread = await documentOf(await mesh.fetch(`${location}/reingest`, { method: "POST" }), 200);
    expect(reread).toMatchObject({ revision: 2, status: "ready" });

    const deleted = await mesh.fetch(location, { method: "DELETE" });
    expect(await deleted.json()).toMatchObject({ id: document.id });
    for (const path of [location, `${location}/chunks`, `${location}/original`]) {
      await expectProblem(await mesh.fetch(path), "NOT_FOUND");
    }
  });

  it("that are large are answered at once, and can be followed, as all else, until they are ready", async () => {
    const text = Array.from(
      { length: 30_000 },
      (_, index) => `Exercise ${index}: play it in every rhythm you know.`,
    ).join("\n\n");
    const answer = await sendFile(text, "exercises.txt", "text/plain");
    const { status } = await documentOf(answer.clone(), 202);
    expect(status).toMatch(/pending|processing/);
    const location = answer.headers.get("location") ?? "";
    const looked = await documentOf(await mesh.fetch(location), 200);
    expect(looked.status).toMatch(/pending|processing/);
    const document = await settled(location);
    expect(document).toMatchObject({ status: "ready", error: null, title: "exercises" });
    expect(document.chunk_count).toBeGreaterThan(500);
  });

  it("that can't be read are refused with a sentence", async () => {
    await expectProblem(await sendFile("%PDF-1.7 broken", "a.pdf", "application/pdf"), "VALIDATION_ERROR");
    await expectProblem(await sendFile("PK", "a.docx", "application/vnd.ms-word"), "UNSUPPORTED_MEDIA_TYPE");
    await expectProblem(
      await sendFile("a".repeat(13 * 1024 * 1024), "a.txt", "text/plain"),
      "PAYLOAD_TOO_LARGE",
    );
    await expectProblem(
      await sendFile("a".repeat(11 * 1024 * 1024), "a.txt", "text/plain"),
      "PAYLOAD_TOO_LARGE",
    );
    await expectProblem(await sendFile("x", "a.txt", "text/plain", { stars: 5 }), "VALIDATION_ERROR");
  });
});

describe("what is for administrators", () => {
  it.each([
    ["a user", { "x-user-id": "clara" }],
    ["a page in the browser of whoever runs the mesh", { origin: "http://localhost:5173" }],
  ])("isn't for %s", async (_who, headers) => {
    const operations = (await documentedOperations(mesh)).filter(({ isForAdmins }) => isForAdmins);
    expect(operations.length).toBeGreaterThan(0);
    for (const { method, path } of operations) {
      await expectProblem(
        await mesh.fetch(filledPath(path, { id: UNKNOWN_ID }), { method, headers }),
        "FORBIDDEN",
      );
    }
  });
});
