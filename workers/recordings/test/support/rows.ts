import { env } from "cloudflare:workers";
import type { FinishedUpload, PendingUpload, StoredRecording } from "@crescendai/contracts";
import { sha256Hex } from "@crescendai/worker-kit";

/** A recording as its row has it, without a row yet: everything that isn't given is made up. */
export async function recordingOf(
  userId: string,
  given: Partial<StoredRecording> = {},
): Promise<StoredRecording> {
  const id = given.id ?? crypto.randomUUID();
  const created = given.created_at ?? "2026-11-23T09:30:00.000Z";
  return {
    id,
    user_id: userId,
    filename: "minuet.wav",
    file_size: 1000,
    duration: 12.5,
    mime_type: "audio/wav",
    sha256: await sha256Hex(id),
    object_key: `recordings/${userId}/${id}.wav`,
    status: "uploaded",
    updated_at: created,
    ...given,
    created_at: created,
  };
}

/** Writes rows as they are, in their order. */
export async function insertRows(rows: readonly StoredRecording[]): Promise<void> {
  const insert = env.DB.prepare(
    `INSERT INTO recordings (id, user_id, filename, file_size, duration, mime_type, sha256, object_key, status,
                             created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  if (rows.length === 0) return;
  await env.DB.batch(
    rows.map((row) =>
      insert.bind(
        row.id,
        row.user_id,
        row.filename,
        row.file_size,
        row.duration,
        row.mime_type,
        row.sha256,
        row.object_key,
        row.status,
        row.created_at,
        row.updated_at,
      ),
    ),
  );
}

/** A recording with its row, and its object if bytes are given. */
export async function keepRecording(
  userId: string,
  given: Partial<StoredRecording> = {},
  bytes?: Uint8Array<ArrayBuffer>,
): Promise<StoredRecording> {
  const size = bytes === undefined ? {} : { file_size: bytes.length };
  const recording = await recordingOf(userId, { ...size, ...given });
  await insertRows([recording]);
  if (bytes !== undefined) await env.AUDIO.put(recording.object_key, bytes);
  return recording;
}

/** An upload that begins, and the same when it has ended. */
export async function uploadOf(
  userId: string,
  { key = null, bytes }: { readonly key?: string | null; readonly bytes?: string } = {},
): Promise<{ readonly pending: PendingUpload; readonly finished: FinishedUpload }> {
  const id = crypto.randomUUID();
  return {
    pending: {
      id,
      user_id: userId,
      object_key: `recordings/${userId}/${id}.wav`,
      multipart_upload_id: null,
      idempotency_key: key,
    },
    finished: {
      id,
      user_id: userId,
      filename: "minuet.wav",
      file_size: 1000,
      duration: 12.5,
      mime_type: "audio/wav",
      sha256: await sha256Hex(bytes ?? id),
    },
  };
}

/** How many rows of a table are the user's. */
export async function rowsOf(userId: string, table: "recordings" | "pending_uploads"): Promise<number> {
  const count = await env.DB.prepare(`SELECT COUNT(*) AS rows FROM ${table} WHERE user_id = ?`)
    .bind(userId)
    .first<number>("rows");
  return count ?? -1;
}
