import { ok, type RecordingStatus, type Result, type StoredRecording } from "@crescendai/contracts";
import { askService, type Database, type Logger } from "@crescendai/worker-kit";
import { type AnalysisJob, findJobOfRecording } from "../tables/analyses.ts";

/** A recording, its status by the job that listens to it, and that job; null where nobody has asked for one. */
export interface RecordingWithJob {
  readonly recording: StoredRecording;
  readonly job: AnalysisJob | null;
}

/** A recording of the user's with its job; null if the user has no such recording. */
export async function findRecordingWithJob(
  env: Pick<FeedbackEnv, "RECORDINGS">,
  database: Database,
  userId: string,
  recordingId: string,
  log: Logger,
): Promise<Result<RecordingWithJob | null>> {
  // At once, for a player waits for the coach meanwhile; nothing is said before it is known whose recording it is.
  const [recording, job] = await Promise.all([
    askService<StoredRecording | null>("recordings", log, () =>
      env.RECORDINGS.getRecording(userId, recordingId),
    ),
    findJobOfRecording(database, recordingId),
  ]);
  if (!recording.ok) return recording;
  if (recording.value === null) return ok(null);
  if (!job.ok) return job;
  const status = statusOf(job.value, recording.value);
  return ok({ recording: { ...recording.value, status }, job: job.value });
}

/** How far a recording is, by its job: the recording's own status follows a moment later. */
function statusOf(job: AnalysisJob | null, recording: StoredRecording): RecordingStatus {
  switch (job?.status) {
    case "completed":
    case "failed":
      return job.status;
    case "processing":
      return "analyzing";
    default:
      return recording.status;
  }
}
