import { type Analysis, DEFAULT_CONTEXT, ok, type Result, type UserContext } from "@crescendai/contracts";
import { type Database, type HandlerContext, sha256Hex, timestamp } from "@crescendai/worker-kit";
import { composeFeedback } from "../composition/compose-feedback.ts";
import { composeResult } from "../composition/compose-result.ts";
import type { History } from "../composition/history.ts";
import { readContext } from "../handlers/read-context.ts";
import { type AnalysisJob, findAnalysis, findJobOfRecording } from "../tables/analyses.ts";
import { type EarlierTakeId, findEarlierTakes } from "../tables/earlier-takes.ts";
import { keepVersion } from "../tables/feedback-versions.ts";
import { type AnswerKind, openAnswerCache } from "./answer-cache.ts";
import { readHistory } from "./history.ts";

/** What is said about a recording, from what was heard, the player's context and the player's earlier takes. */
interface Sources {
  readonly kind: AnswerKind;
  readonly job: AnalysisJob;
  /** Null where it can't be had just now: then for this one answer the default stands for it. */
  readonly context: UserContext | null;
  readonly earlier: readonly EarlierTakeId[];
}

/**
 * What is said about a recording whose job is completed, as JSON text. The same sources give the same text, byte for
 * byte, from the cache or not. What is new among feedback is kept in its history.
 *
 * @returns null if there is nothing to say it from: what was heard is gone, or of another shape.
 */
export async function giveAnswer(
  kind: AnswerKind,
  database: Database,
  job: AnalysisJob,
  handlerContext: HandlerContext<FeedbackEnv>,
): Promise<Result<string | null>> {
  const { env, log } = handlerContext;
  const [context, earlier] = await Promise.all([
    readContext(handlerContext),
    findEarlierTakes(database, job.job_id),
  ]);
  if (!earlier.ok) return earlier;
  const sources: Sources = { kind, job, context, earlier: earlier.value };
  const cache = openAnswerCache(env, log);
  const fingerprint = await fingerprintOf(env, sources);
  const cached = context === null ? null : await cache.find(kind, job.recording_id, fingerprint);
  if (cached !== null) return ok(cached);
  const analysis = await findAnalysis(database, job.job_id);
  if (!analysis.ok || analysis.value === null) return analysis.ok ? ok(null) : analysis;
  const history = await readHistory(database, analysis.value, earlier.value);
  if (!history.ok) return history;
  const text = JSON.stringify(compose(sources, analysis.value, history.value));
  if (context === null) return ok(text);
  if (kind === "feedback" && !(await keepInHistory(database, job, analysis.value, text))) return ok(text);
  await cache.keep(kind, job.recording_id, fingerprint, text);
  // Deleted meanwhile, its deletion may have cleared the cache before this was put there.
  const still = await findJobOfRecording(database, job.recording_id);
  if (still.ok && still.value === null) await cache.forget(job.recording_id);
  return ok(text);
}

function compose({ kind, job, context }: Sources, analysis: Analysis, history: History): unknown {
  const fitted = context ?? DEFAULT_CONTEXT;
  return kind === "feedback"
    ? composeFeedback(analysis, fitted, job, history)
    : composeResult(analysis, fitted, job, history);
}

/** SHA-256 of everything that an answer is made from, the program included. */
function fingerprintOf(env: FeedbackEnv, { kind, job, context, earlier }: Sources): Promise<string> {
  return sha256Hex(JSON.stringify([kind, env.VERSION.id, job, context, earlier]));
}

/** Whether the version is kept for certain: what isn't must not be served from the cache, or it never would be. */
async function keepInHistory(
  database: Database,
  { recording_id }: AnalysisJob,
  { model_version }: Analysis,
  body: string,
): Promise<boolean> {
  const version = {
    recordingId: recording_id,
    hash: await sha256Hex(body),
    modelVersion: model_version,
    body,
  };
  const written = await database.write(...keepVersion(version, timestamp(Date.now())));
  return written.ok;
}
