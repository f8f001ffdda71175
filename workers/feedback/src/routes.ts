import type { ServiceRoute } from "@crescendai/worker-kit";
import { analyzeHandler } from "./handlers/analyze.ts";
import { getFeedbackHistoryHandler } from "./handlers/get-feedback-history.ts";
import { getJobHandler } from "./handlers/get-job.ts";
import { getResultHandler } from "./handlers/get-result.ts";
import { postFeedbackHandler } from "./handlers/post-feedback.ts";

export const routes: readonly ServiceRoute<FeedbackEnv>[] = [
  { method: "POST", path: "/api/v1/analyze", handler: analyzeHandler },
  { method: "GET", path: "/api/v1/job/:job_id", handler: getJobHandler },
  { method: "GET", path: "/api/v1/result/:job_id", handler: getResultHandler },
  { method: "POST", path: "/api/v1/feedback/:id", handler: postFeedbackHandler },
  { method: "GET", path: "/api/v1/feedback/:id/history", handler: getFeedbackHistoryHandler },
];
