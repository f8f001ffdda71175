import { failed, ok } from "@crescendai/contracts";
import { auditStatement, type Handler, jsonResponse, openDatabase, timestamp } from "@crescendai/worker-kit";
import { deleteObjects } from "../audio-objects.ts";
import { isLive, markDeleted } from "../tables/recordings.ts";
import { findOwnRecording, noSuchRecording } from "./find-own-recording.ts";

/**
 * `DELETE /api/v1/recordings/:id`: hides the recording at once and removes its object. The row goes when the
 * gateway has had every other service forget the recording (`finishDeletion`).
 */
export const deleteRecordingHandler: Handler<RecordingsEnv> = async (_request, context) => {
  const recording = await findOwnRecording(context);
  if (!recording.ok) return recording;
  const { env, caller, log } = context;
  const { id, object_key } = recording.value;
  const now = timestamp(Date.now());
  const written = await openDatabase(env.DB, log).write(
    auditStatement(caller, "recording.delete", id, now, isLive(caller.userId, id)),
    markDeleted(caller.userId, id, now),
  );
  if (!written.ok) return written;
  // Somebody else deleted it since it was found.
  if (written.value[1] === 0) return failed(noSuchRecording(id));
  // Should this fail, `finishDeletion` tries again: the recording is gone for everybody already.
  await deleteObjects(env.AUDIO, [object_key], log);
  return ok(jsonResponse({ message: "The recording and all that was made of it are deleted.", id }));
};
