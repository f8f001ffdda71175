import { ok, type Result } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import { withoutRecording } from "./answer/rounds.ts";
import { listMentioning, removeMentions, replaceRounds } from "./tables/messages.ts";
import { unlinkRecording } from "./tables/sessions.ts";

/**
 * Removes what is held on a recording: sessions about it live on without it, and results of tools that speak of it are taken
 * out of messages. A second call finds nothing to do. Errors: DATABASE_ERROR.
 */
export async function forgetRecording(database: Database, recordingId: string): Promise<Result<null>> {
  const messages = await listMentioning(database, recordingId);
  if (!messages.ok) return messages;
  const written = await database.write(
    unlinkRecording(recordingId),
    ...messages.value.map(({ id, rounds }) => replaceRounds(id, withoutRecording(rounds, recordingId))),
    removeMentions(recordingId),
  );
  return written.ok ? ok(null) : written;
}
