import { type Analysis, DEFAULT_CONTEXT, ok, type Result, type UserContext } from "@crescendai/contracts";
import { type Database, type HandlerContext, sha256Hex, timestamp } from "@crescendai/worker-kit";
import { type Consulted, composeFeedback } from "../composition/compose-feedback.ts";
import { composeResult } from "../composition/compose-result.ts";
import { type Reading, readAnalysis } from "../composition/reading.ts";
import { readContext } from "../handlers/read-context.ts";
import { askLibrary, readKnowledgeVersion } from "../library/ask-library.ts";
import { chooseSources, NO_SOURCES } from "../library/choose-sources.ts";
import { inquiriesFor } from "../library/inquiries.ts";
import { asComposed, type InProse, isProseWanted, putIntoProse } from "../prose/put-into-prose.ts";
import { type AnalysisJob, findAnalysis, findJobOfRecording } from "../tables/analyses.ts";
import { type EarlierTakeId, findEarlierTakes } from "../tables/earlier-takes.ts";
import { keepVersion } from "../tables/feedback-versions.ts";
import { type AnswerKind, openAnswerCache } from "./answer-cache.ts";
import { readHistory } from "./history.ts";

/** What is said about a recording, from what was heard, the player's context and earlier takes, and the library. */
interface Sources {
  readonly kind: AnswerKind;
  readonly job: AnalysisJob;
  readonly filename: string;
  /** Null where it can't be had just now: then for this one answer the default stands for it. */
  readonly context: UserContext | null;
  readonly earlier: readonly EarlierTakeId[];
  /** Null where the library doesn't answer just now: then this one answer is without it. */
  readonly knowledgeVersion: string | null;
}

/**
 * What is said about a recording whose job is completed, as JSON text. The same sources give the same text, byte for
 * byte, from the cache or not; where a language model is to put it into prose, once it has. What is new among feedback is
 * kept in its history.
 *
 * @param filename of the recording, which may name the piece.
 * @returns null if there is nothing to say it from: what was heard is gone, or of another shape.
 */
export async function giveAnswer(
  kind: AnswerKind,
  database: Database,
  job: AnalysisJob,
  filename: string,
  handlerContext: HandlerContext<FeedbackEnv>,
): Promise<Result<string | null>> {
  const { env, log } = handlerContext;
  const [context, earlier, knowledgeVersion] = await Promise.all([
    readContext(handlerContext),
    findEarlierTakes(database, job.job_id),
    readKnowledgeVersion(env, log),
  ]);
  if (!earlier.ok) return earlier;
  const sources: Sources = { kind, job, filename, context, earlier: earlier.value, knowledgeVersion };
  const cache = openAnswerCache(env, log);
  const madeFrom = allOf(env, sources);
  const known = context !== null && knowledgeVersion !== null;
  const cached = known ? await cache.find(kind, job.recording_id, madeFrom) : null;
  if (cached !== null) return ok(cached);
  const analysis = await findAnalysis(database, job.job_id);
  if (!analysis.ok || analysis.value === null) return analysis.ok ? ok(null) : analysis;
  const history = await readHistory(database, analysis.value, earlier.value);
  if (!history.ok) return history;
  const reading = readAnalysis(
    analysis.value,
    context ?? DEFAULT_CONTEXT,
    history.value,
    job.created_at,
    filename,
  );
  const [consulted, inProse] = await Promise.all([
    consult(sources, reading, handlerContext),
    // A makeshift isn't worth the model's time.
    context === null
      ? asComposed(reading, false)
      : putIntoProse(reading, job.recording_id, database, handlerContext),
  ]);
  const text = JSON.stringify(compose(kind, job, analysis.value, inProse, consulted));
  if (context === null) return ok(text);
  if (kind === "feedback" && !(await keepInHistory(database, job, analysis.value, text))) return ok(text);
  if (consulted.knowledge === "partial" || consulted.knowledge === "unavailable") return ok(text);
  if (!inProse.settled) return ok(text);
  await cache.keep(kind, job.recording_id, madeFrom, text);
  // Deleted meanwhile, its deletion may have cleared the cache before this was put there.
  const still = await findJobOfRecording(database, job.recording_id);
  if (still.ok && still.value === null) await cache.forget(job.recording_id);
  return ok(text);
}

/** What the library has on what was read. */
async function consult(
  { context, filename, knowledgeVersion }: Sources,
  reading: Reading,
  { env, log }: HandlerContext<FeedbackEnv>,
): Promise<Consulted> {
  const inquiries = inquiriesFor(reading, context ?? DEFAULT_CONTEXT, filename);
  if (inquiries.length === 0) return { sources: NO_SOURCES, knowledge: "not_asked" };
  if (knowledgeVersion === null) return { sources: NO_SOURCES, knowledge: "unavailable" };
  const { found, complete } = await askLibrary(env, inquiries, log);
  return { sources: chooseSources(inquiries, found), knowledge: complete ? "full" : "partial" };
}

function compose(
  kind: AnswerKind,
  job: AnalysisJob,
  analysis: Analysis,
  { reading, wording }: InProse,
  consulted: Consulted,
): unknown {
  return kind === "feedback"
    ? composeFeedback(analysis, reading, job, consulted, wording)
    : composeResult(reading, job, consulted.sources);
}

/** Everything that an answer is made from, the program included. */
function allOf(env: FeedbackEnv, sources: Sources): unknown {
  const { kind, job, filename, context, earlier, knowledgeVersion } = sources;
  return [kind, env.VERSION.id, isProseWanted(env), job, filename, context, earlier, knowledgeVersion];
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
