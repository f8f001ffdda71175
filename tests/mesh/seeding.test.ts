import { DocumentListSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedLocalLibrary } from "../../scripts/local/seed.ts";
import { type LibraryFile, readLibraryFiles } from "../../scripts/seed/library-files.ts";
import { seedLibrary } from "../../scripts/seed/seed-library.ts";
import { sha256 } from "../support/bytes.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";

const KEY = "admin-key-Xw19";
const asAdmin = { "x-api-key": KEY };

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh({ environment: { ALLOWED_API_KEYS: `admin:${KEY}` } });
});
afterAll(() => mesh.close());

/** As `npm run seed` asks: through the gateway, with a key. */
const overHttp = (files: readonly LibraryFile[]) =>
  seedLibrary(
    (path, { headers, ...init }) => mesh.fetch(path, { ...init, headers: { ...headers, ...asAdmin } }),
    files,
  );

async function held(query: string) {
  const answer = await mesh.fetch(`/api/v1/knowledge/documents?${query}`, { headers: asAdmin });
  return v.parse(DocumentListSchema, await answer.json());
}

function changed(file: LibraryFile): LibraryFile {
  const text = `${file.text}\nOne more sentence.\n`;
  return { ...file, text, sha256: sha256(text) };
}

describe("the library of the repository", () => {
  const files = readLibraryFiles();

  it("is all there after a start, read to the last document, and nothing is done for it at the next", async () => {
    expect(await seedLocalLibrary(mesh.runtime)).toEqual({
      stored: files.length,
      unchanged: 0,
      removed: 0,
      failures: [],
    });
    expect((await held("status=ready&origin=library&limit=1")).pagination.total).toBe(files.length);
    await mesh.restart();
    expect(await seedLocalLibrary(mesh.runtime)).toMatchObject({
      stored: 0,
      unchanged: files.length,
      removed: 0,
    });
  });

  it("over HTTP: what is changed is read anew, and what is gone is removed", async () => {
    const [first, second, ...others] = files;
    if (first === undefined || second === undefined) throw new Error("the library is empty");
    expect(await overHttp([changed(second), ...others])).toEqual({
      stored: 1,
      unchanged: others.length,
      removed: 1,
      failures: [],
    });
    const { documents, pagination } = await held("status=ready&limit=100");
    expect(pagination.total).toBe(files.length - 1);
    expect(documents.map(({ source_key }) => source_key)).not.toContain(first.source_key);
    expect(await overHttp(files)).toMatchObject({ stored: 2, removed: 0 });
  });
});
