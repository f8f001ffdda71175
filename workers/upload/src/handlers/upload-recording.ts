import { IdempotencyKeySchema, ok, type Result, type UploadAnswer } from "@crescendai/contracts";
import type { AudioFormat } from "@crescendai/performance-analysis";
import {
  askService,
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
      askService("recordings", log, () =>
        env.RECORDINGS.beginUpload({
          id,
          user_id: caller.userId,
          object_key: key(),
          multipart_upload_id: multipartUploadId,
          idempotency_key: idempotencyKey.value,
        }),
      ),
    progressed: () => askService("recordings", log, () => env.RECORDINGS.touchUpload(id)),
    log,
  });
  let registered = false;
  try {
    const answer = await receiveAndStore(request, context, id, writer, (format) => {
      extension = format;
    });
    registered = answer.ok && answer.value.id === id;
    return answer.ok
      ? ok(jsonResponse(answer.value, 200, { location: `/api/v1/recordings/${answer.value.id}` }))
      : answer;
  } finally {
    if (!registered) await giveUp(env, id, writer, log);
  }
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
  if (!repeated) await requestAnalysis(context, recording.id);
  return ok({
    id: recording.id,
    status: "uploaded",
    message: repeated
      ? "You have sent this recording before; here it is again."
      : "The recording is stored and will be listened to.",
    original_filename: recording.filename,
  });
}

function register(
  { env, caller, log }: HandlerContext<UploadEnv>,
  id: string,
  filename: string,
  { audio, sha256, size }: ReceivedForm,
) {
  return askService("recordings", log, () =>
    env.RECORDINGS.completeUpload({
      id,
      user_id: caller.userId,
      filename,
      file_size: size,
      duration: audio.durationSeconds,
      mime_type: audio.mimeType,
      sha256,
    }),
  );
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

/**
 * Removes what was stored, then the trace of it, unless the upload became a recording although no answer said so.
 * A fault here leaves both to the sweep.
 */
async function giveUp(
  { RECORDINGS }: UploadEnv,
  id: string,
  writer: ObjectWriter,
  log: Logger,
): Promise<void> {
  await writer.stop();
  if (!writer.begun) return;
  const nobodys = await askService("recordings", log, () => RECORDINGS.giveUpUpload(id));
  if (!nobodys.ok || !nobodys.value) return;
  const removed = await writer.remove();
  if (removed.ok) await askService("recordings", log, () => RECORDINGS.abandonUpload(id));
}

function readIdempotencyKey(request: Request): Result<string | null> {
  const header = request.headers.get("idempotency-key");
  return header === null ? ok(null) : validate(IdempotencyKeySchema, header, "Idempotency-Key");
}
