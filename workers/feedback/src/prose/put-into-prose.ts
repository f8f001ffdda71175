import { waitUntil } from "cloudflare:workers";
import type { Feedback } from "@crescendai/contracts";
import {
  type Database,
  describeCause,
  type HandlerContext,
  sha256Hex,
  timestamp,
  withTimeLimit,
} from "@crescendai/worker-kit";
import { COMPOSED } from "../composition/compose-feedback.ts";
import type { Reading } from "../composition/reading.ts";
import { claimWording, findWording, keepWords, noteFailure, type WordingId } from "../tables/wordings.ts";
import { askModel, type Wording } from "./ask-model.ts";
import { findFault } from "./checking/find-fault.ts";
import { PROSE_POLICY, type ProsePolicy, pauseAfter } from "./policy.ts";
import { rewordingMessages, withIds } from "./request.ts";
import { reword, textsToReword } from "./texts-of-reading.ts";

/** A reading with the words that it is given in. */
export interface InProse {
  readonly reading: Reading;
  readonly wording: Feedback["metadata"]["wording"];
  /** False where the same reading may be given in other words a little later: then nobody should keep these. */
  readonly settled: boolean;
}

/** Whether the findings of feedback are put into prose: the setting `FEEDBACK_PROSE`. */
export function isProseWanted({ FEEDBACK_PROSE }: Pick<FeedbackEnv, "FEEDBACK_PROSE">): boolean {
  return FEEDBACK_PROSE === "on";
}

/** A reading as it was composed. */
export function asComposed(reading: Reading, settled: boolean): InProse {
  return { reading, wording: COMPOSED, settled };
}

/**
 * Puts a reading into a language model's words where the setting wants it, and they say the same (`findFault`); else it stays
 * as it was composed. Nothing but words changes, and no fault of the model's is one of the feedback's. The model is asked once
 * for the same texts, whoever asks for the feedback how often; after a failure not before a while.
 *
 * @param recordingId of the reading's recording.
 */
export async function putIntoProse(
  reading: Reading,
  recordingId: string,
  database: Database,
  context: HandlerContext<FeedbackEnv>,
  policy: ProsePolicy = PROSE_POLICY,
): Promise<InProse> {
  const { env, log } = context;
  const texts = isProseWanted(env) ? textsToReword(reading) : [];
  if (texts.length === 0) return asComposed(reading, true);
  const told = JSON.stringify(rewordingMessages(withIds(texts)));
  const id: WordingId = { recordingId, hash: await sha256Hex(told) };
  const found = await findWording(database, id);
  if (!found.ok) return asComposed(reading, false);
  const { words = null, model = null, failures = 0, ask_after = null } = found.value ?? {};
  if (words !== null && model !== null) return inWords(reading, { words, model }, true);
  const now = Date.now();
  const isPause = ask_after !== null && ask_after > timestamp(now);
  if (isPause) return asComposed(reading, false);
  const mine = await claimWording(database, id, timestamp(now), timestamp(now + policy.latestMs));
  if (!mine.ok || !mine.value) return asComposed(reading, false);
  const asking = askAndKeep(texts, id, failures, database, context, policy);
  // Whoever has lost patience finds the words there the next time.
  waitUntil(asking);
  try {
    const asked = await withTimeLimit(asking, policy.patienceMs);
    return asked === null ? asComposed(reading, false) : inWords(reading, asked.wording, asked.kept);
  } catch (cause) {
    log.warn("feedback not put into prose in time", {
      recording_id: recordingId,
      cause: describeCause(cause),
    });
    return asComposed(reading, false);
  }
}

/** The reading in these words, as far as they stand before the check as it is today. */
function inWords(reading: Reading, { words, model }: Wording, settled: boolean): InProse {
  const sound = words.filter(([original, worded]) => findFault(original, worded) === null);
  return sound.length === 0
    ? asComposed(reading, settled)
    : { reading: reword(reading, new Map(sound)), wording: { by: "language_model", model }, settled };
}

/** What the model has said, and whether it is kept: if not, it will be asked again, and may say it otherwise. */
interface Asked {
  readonly wording: Wording;
  readonly kept: boolean;
}

/** Asks the model and keeps what can stand of its answer, or that it has failed; then null. */
async function askAndKeep(
  texts: readonly string[],
  id: WordingId,
  failuresBefore: number,
  database: Database,
  context: HandlerContext<FeedbackEnv>,
  policy: ProsePolicy,
): Promise<Asked | null> {
  const { log } = context;
  const answered = await askModel(texts, context, policy.latestMs);
  if (answered.ok) {
    const { model, words } = answered.value;
    const written = await database.write(keepWords(id, model, words));
    return { wording: answered.value, kept: written.ok && written.value[0] === 1 };
  }
  const { cause, retryAfter = 0 } = answered.error;
  log.warn("feedback not put into prose", { recording_id: id.recordingId, cause });
  const failures = failuresBefore + 1;
  const askAfter = timestamp(Date.now() + pauseAfter(policy, failures, retryAfter));
  await database.write(noteFailure(id, failures, askAfter));
  return null;
}
