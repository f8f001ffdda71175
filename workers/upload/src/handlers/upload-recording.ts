import { failed, IdempotencyKeySchema, ok, type Result, type UploadAnswer } from "@crescendai/contracts";
import type { AudioFormat } from "@crescendai/performance-analysis";
import {
  describeCause,
  type Handler,
  type HandlerContext,
  jsonResponse,
  type Logger,
  validate,
} from "@crescendai/worker-kit";
import { baseName } from "../filename.ts";
import { createObjectWriter, type ObjectWriter } from "../object-writer.ts";
import { type ReceivedForm, receiveForm } from "../receive-form.ts";

/**
 * `POST /api/v1/upload`: receives a recording as it streams in, stores it and has it analysed.
 *
 * Nothing half-done stays: what is refused or fails is removed here, what a crash leaves is found by the sweep.
 */
export const uploadRecordingHandler: Handler<UploadEnv> = async (request, context) => {
  const idempotencyKey = readIdempotencyKey(request);
  if (!idempotencyKey.ok) return idempotencyKey;
  const { env, caller, log } = context;
  const id = crypto.randomUUID();
  let extension = "";
  const key = () => `recordings/${caller.userId}/${id}.${extension}`;
  const writer = createObjectWriter({
    bucket: env.AUDIO,
    key,
    announce: (multipartUploadId) =>
      env.RECORDINGS.beginUpload({
        id,
        user_id: caller.userId,
        object_key: key(),
        multipart_upload_id: multipartUploadId,
        idempotency_key: idempotencyKey.value,
      }),
    progressed: () => env.RECORDINGS.touchUpload(id),
    log,
  });
  const answer = await receiveAndStore(request, context, id, writer, (format) => {
    extension = format;
  });
  if (!answer.ok) await giveUp(env, id, writer, log);
  return answer.ok
    ? ok(jsonResponse(answer.value, 200, { location: `/api/v1/recordings/${answer.value.id}` }))
    : answer;
};

async function receiveAndStore(
  request: Request,
  context: HandlerContext<UploadEnv>,
  id: string,
  writer: ObjectWriter,
  recognise: (format: AudioFormat) => void,
): Promise<Result<UploadAnswer>> {
  const form = await receiveForm(request, writer, recognise);
  if (!form.ok) return form;
  const stored = await writer.finish();
  if (!stored.ok) return stored;
  const filename = baseName(form.value.metadata.originalName, `recording.${form.value.audio.extension}`);
  const completed = await register(context, id, filename, form.value);
  if (!completed.ok) return completed;
  const { recording, repeated } = completed.value;
  if (repeated) {
    await giveUp(context.env, id, writer, context.log);
  } else {
    await requestAnalysis(context, recording.id);
  }
  return ok({
    id: recording.id,
    status: "uploaded",
    message: repeated
      ? "You have sent this recording before; here it is again."
      : "The recording is stored and will be listened to.",
    original_filename: recording.filename,
  });
}

async function register(
  { env, caller, log }: HandlerContext<UploadEnv>,
  id: string,
  filename: string,
  { audio, sha256, size }: ReceivedForm,
) {
  try {
    return await env.RECORDINGS.completeUpload({
      id,
      user_id: caller.userId,
      filename,
      file_size: size,
      duration: audio.durationSeconds,
      mime_type: audio.mimeType,
      sha256,
    });
  } catch (cause) {
    log.error("recordings did not answer", { code: "SERVICE_UNAVAILABLE", cause: describeCause(cause) });
    return failed({
      code: "SERVICE_UNAVAILABLE" as const,
      message: "The recording could not be registered just now. Nothing was kept; please send it again.",
      retryAfter: 5,
    });
  }
}

/** A lost message costs nothing but time: whoever asks for the analysis or the feedback asks for it again. */
async function requestAnalysis({ env, caller, log }: HandlerContext<UploadEnv>, recordingId: string) {
  try {
    await env.ANALYSIS_QUEUE.send({
      recording_id: recordingId,
      user_id: caller.userId,
      request_id: caller.requestId,
      traceparent: caller.traceparent,
    });
  } catch (cause) {
    log.error("analysis not queued", { recording_id: recordingId, cause: describeCause(cause) });
  }
}

/** Removes what was stored, then the trace of it; a fault here leaves both to the sweep. */
async function giveUp(env: UploadEnv, id: string, writer: ObjectWriter, log: Logger): Promise<void> {
  try {
    await writer.abort();
    await env.RECORDINGS.abandonUpload(id);
  } catch (cause) {
    log.warn("upload left to the sweep", { recording_id: id, cause: describeCause(cause) });
  }
}

function readIdempotencyKey(request: Request): Result<string | null> {
  const header = request.headers.get("idempotency-key");
  return header === null ? ok(null) : validate(IdempotencyKeySchema, header, "Idempotency-Key");
}
