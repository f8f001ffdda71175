import { ok } from "@crescendai/contracts";
import { type Handler, jsonResponse } from "@crescendai/worker-kit";
import { findOwnRecording } from "./find-own-recording.ts";

/** `GET /api/v1/recordings/:id`: what is known of one recording. */
export const getRecordingHandler: Handler<RecordingsEnv> = async (_request, context) => {
  const recording = await findOwnRecording(context);
  if (!recording.ok) return recording;
  const { user_id: _user, object_key: _key, ...shown } = recording.value;
  return ok(jsonResponse(shown));
};
