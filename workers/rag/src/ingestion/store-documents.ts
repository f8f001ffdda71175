import {
  type Caller,
  type DocumentMediaType,
  type DocumentMetadata,
  failed,
  ok,
  type Result,
} from "@crescendai/contracts";
import { auditStatement, type Statement, timestamp } from "@crescendai/worker-kit";
import type { Library } from "../library.ts";
import type { ReadDocument } from "../reading/read-document.ts";
import {
  advanceDocument,
  type DocumentIdentity,
  findIdentities,
  insertDocument,
  isNewest,
} from "../tables/documents.ts";
import { insertRevision } from "../tables/revisions.ts";
import { claimObject } from "../tables/unclaimed-objects.ts";
import { resolveMetadata } from "./metadata.ts";
import { LEASE_MS } from "./policy.ts";
import { storeOriginals } from "./store-originals.ts";

/** A document as it was sent. */
export interface Submission {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, in hex. */
  readonly contentHash: string;
  readonly mediaType: DocumentMediaType;
  readonly given: DocumentMetadata;
  readonly filename: string | null;
  /** Path below library/; null for what somebody sent in. */
  readonly sourceKey: string | null;
  /** What was read of it, if it has been read already. */
  readonly read: ReadDocument | null;
}

export interface StoredDocument {
  readonly id: string;
  readonly revision: number;
  readonly outcome: "created" | "changed" | "unchanged";
}

/** How often somebody else may get in between before we give up. */
const MAX_ROUNDS = 3;

/**
 * Stores documents: the bytes in the bucket, and a revision each that is taken up already, for whoever stores it to work
 * on. The same file of the library with other bytes, or the same bytes with other metadata, is a new revision of the same
 * document; the same again is nothing new.
 *
 * @returns what became of each, in their order; STORAGE_ERROR, DATABASE_ERROR, or CONFLICT if others keep changing the
 * same documents. What was stored before a fault stays, and is nothing new when sent again.
 */
export async function storeDocuments(
  library: Library,
  caller: Caller,
  submissions: readonly Submission[],
): Promise<Result<StoredDocument[]>> {
  const stored = new Map<Submission, StoredDocument>();
  const objectKeys = new Map<Submission, string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const open = submissions.filter((submission) => !stored.has(submission));
    const known = await findKnown(library, open);
    if (!known.ok) return known;
    const changed = open.filter((submission) => {
      const identity = known.value(submission);
      if (identity === null || !isSame(identity, submission)) return true;
      stored.set(submission, { id: identity.id, revision: identity.revision, outcome: "unchanged" });
      return false;
    });
    if (changed.length === 0) break;
    const originals = await storeOriginals(library, changed, objectKeys);
    if (!originals.ok) return originals;
    const written = await writeRevisions(library, caller, changed, known.value, objectKeys);
    if (!written.ok) return written;
    for (const [submission, document] of written.value) stored.set(submission, document);
  }
  const documents = submissions.flatMap((submission) => stored.get(submission) ?? []);
  return documents.length === submissions.length ? ok(documents) : failed(CONFLICT);
}

const CONFLICT = {
  code: "CONFLICT",
  message: "Others are changing this document just now. Please try again in a moment.",
  retryAfter: 1,
} as const;

type FindKnown = (submission: Submission) => DocumentIdentity | null;

/** Finds what is there already of the same file, or of the same content that was sent in. */
async function findKnown(
  { database }: Library,
  submissions: readonly Submission[],
): Promise<Result<FindKnown>> {
  const identities = await findIdentities(
    database,
    submissions.flatMap(({ sourceKey }) => sourceKey ?? []),
    submissions.flatMap(({ sourceKey, contentHash }) => (sourceKey === null ? contentHash : [])),
  );
  if (!identities.ok) return identities;
  return ok(
    ({ sourceKey, contentHash }) =>
      identities.value.find((known) =>
        sourceKey === null
          ? known.source_key === null && known.content_hash === contentHash
          : known.source_key === sourceKey,
      ) ?? null,
  );
}

function isSame(known: DocumentIdentity, { contentHash, mediaType, given }: Submission): boolean {
  return (
    known.content_hash === contentHash &&
    known.media_type === mediaType &&
    known.given === JSON.stringify(given)
  );
}

/** Writes the rows of all in one transaction; what somebody else was quicker with isn't in the answer. */
async function writeRevisions(
  { database }: Library,
  caller: Caller,
  submissions: readonly Submission[],
  findKnownOf: FindKnown,
  objectKeys: ReadonlyMap<Submission, string>,
): Promise<Result<Map<Submission, StoredDocument>>> {
  const now = Date.now();
  const rows = submissions.map((submission) => {
    const known = findKnownOf(submission);
    const document: StoredDocument = {
      id: known?.id ?? crypto.randomUUID(),
      revision: (known?.revision ?? 0) + 1,
      outcome: known === null ? "created" : "changed",
    };
    const objectKey = objectKeys.get(submission) ?? "";
    return {
      submission,
      document,
      statements: revisionStatements(caller, submission, document, objectKey, now),
    };
  });
  const written = await database.write(...rows.flatMap(({ statements }) => statements));
  if (!written.ok) return written;
  let first = 0;
  const documents = new Map<Submission, StoredDocument>();
  for (const { submission, document, statements } of rows) {
    if ((written.value[first] ?? 0) > 0) documents.set(submission, document);
    first += statements.length;
  }
  return ok(documents);
}

/** The first of them changes a row, or the others don't either. */
function revisionStatements(
  caller: Caller,
  submission: Submission,
  { id, revision, outcome }: StoredDocument,
  objectKey: string,
  milliseconds: number,
): Statement[] {
  const now = timestamp(milliseconds);
  const { contentHash, sourceKey, filename, given, read } = submission;
  return [
    outcome === "created"
      ? insertDocument({
          id,
          origin: sourceKey === null ? "upload" : "library",
          sourceKey,
          contentHash,
          now,
        })
      : advanceDocument(id, revision - 1, contentHash, now),
    insertRevision({
      documentId: id,
      revision,
      metadata: resolveMetadata(given, read?.metadata ?? {}, filename, read?.text ?? ""),
      given: JSON.stringify(given),
      filename,
      mediaType: submission.mediaType,
      sizeBytes: submission.bytes.length,
      contentHash,
      objectKey,
      now,
      leaseUntil: timestamp(milliseconds + LEASE_MS),
    }),
    auditStatement(caller, "document.write", id, now, isNewest(id, revision)),
    claimObject(objectKey),
  ];
}
