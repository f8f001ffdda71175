import type { RecordingStatus, StoredRecording } from "@crescendai/contracts";
import type { AnalysisJob } from "../tables/analyses.ts";

/** How far a recording is, by its job: the recording's own status follows a moment later. */
export function statusOf(job: AnalysisJob | null, recording: StoredRecording): RecordingStatus {
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
