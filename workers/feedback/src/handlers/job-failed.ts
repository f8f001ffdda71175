import type { ServiceError } from "@crescendai/contracts";
import type { AnalysisJob } from "../tables/analyses.ts";

/** The error of somebody who asks for what a failed job couldn't find out: the reason, as the job has it. */
export function jobFailed(job: AnalysisJob): ServiceError {
  return { code: "CONFLICT", message: job.error ?? "The recording could not be listened to." };
}
