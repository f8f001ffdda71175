import { type Caller, type LibraryAnswer, ok, type PostLibrary, type Result } from "@crescendai/contracts";
import { hex } from "@crescendai/worker-kit";
import { deleteDocuments } from "../deletion.ts";
import type { Library } from "../library.ts";
import { readDocument } from "../reading/read-document.ts";
import { findIdentities, findStates } from "../tables/documents.ts";
import { processRevisions } from "./process-revisions.ts";
import { type Submission, storeDocuments } from "./store-documents.ts";

type File = PostLibrary["documents"][number];
type Outcome = LibraryAnswer["documents"][number];

/** A file that was read, or why it wasn't. */
interface ReadFile {
  readonly file: File;
  readonly submission: Result<Submission>;
}

/**
 * Brings files of the library up to what is sent: new ones are added, changed ones read anew, those of the same content
 * left alone, and those that are gone removed. One that can't be read leaves what was there before.
 */
export async function syncLibrary(
  library: Library,
  caller: Caller,
  { documents, remove }: PostLibrary,
): Promise<Result<LibraryAnswer>> {
  const files = await Promise.all(documents.map(readFile));
  const outcomes = await storeFiles(library, caller, files);
  if (!outcomes.ok) return outcomes;
  const gone = await findIdentities(library.database, remove, []);
  if (!gone.ok) return gone;
  const ids = gone.value.map(({ id }) => id);
  const deleted = await deleteDocuments(library, caller, ids);
  if (!deleted.ok) return deleted;
  return ok({
    documents: outcomes.value,
    removed: gone.value.flatMap(({ id, source_key }) =>
      source_key !== null && deleted.value.includes(id) ? source_key : [],
    ),
  });
}

async function readFile(file: File): Promise<ReadFile> {
  const bytes = new TextEncoder().encode(file.text);
  const read = await readDocument(bytes, "text/markdown");
  if (!read.ok) return { file, submission: read };
  const contentHash = hex(await crypto.subtle.digest("SHA-256", bytes));
  return {
    file,
    submission: ok({
      bytes,
      contentHash,
      mediaType: "text/markdown",
      given: {},
      filename: file.source_key.split("/").at(-1) ?? file.source_key,
      sourceKey: file.source_key,
      read: read.value,
    }),
  };
}

async function storeFiles(
  library: Library,
  caller: Caller,
  files: readonly ReadFile[],
): Promise<Result<Outcome[]>> {
  const submissions = files.flatMap(({ submission }) => (submission.ok ? submission.value : []));
  const stored = await storeDocuments(library, caller, submissions);
  if (!stored.ok) return stored;
  const documents = new Map(submissions.map((submission, index) => [submission, stored.value[index]]));
  const taken = [...documents].flatMap(([{ read }, document]) =>
    document === undefined || document.outcome === "unchanged"
      ? []
      : { document_id: document.id, revision: document.revision, read },
  );
  // What fails here is taken up by the sweep.
  if (taken.length > 0) await processRevisions(library, taken);
  const states = await findStates(
    library.database,
    stored.value.map(({ id }) => id),
  );
  if (!states.ok) return states;
  return ok(
    files.map(({ file: { source_key }, submission }): Outcome => {
      if (!submission.ok) {
        const error = submission.error.message;
        return { source_key, outcome: "failed", document_id: null, status: null, error };
      }
      const document = documents.get(submission.value);
      const state = states.value.find(({ id }) => id === document?.id);
      return {
        source_key,
        outcome: document?.outcome ?? "failed",
        document_id: document?.id ?? null,
        status: state?.status ?? null,
        error: state?.error ?? null,
      };
    }),
  );
}
