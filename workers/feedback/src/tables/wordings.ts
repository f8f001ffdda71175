import { ok, type Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/**
 * The table `wordings`, see migrations/feedback: in which words a language model has put the findings of a recording. Kept, so
 * that the same findings are said in the same words, and the model is asked once.
 */

/** Wordings kept of one recording, the newest: as many as versions of what was said. */
const MAX_WORDINGS = 20;

/** Texts as composed, with the words that stand for them. */
const WordsSchema = v.array(v.tuple([v.string(), v.string()]));
export type Words = v.InferOutput<typeof WordsSchema>;

const WordingRowSchema = v.strictObject({
  failures: v.number(),
  ask_after: v.string(),
  model: v.nullable(v.string()),
  words: v.nullable(v.pipe(v.string(), v.parseJson(), WordsSchema)),
});
type WordingRow = v.InferOutput<typeof WordingRowSchema>;

const ExportRowSchema = v.strictObject({
  recording_id: v.string(),
  created_at: v.string(),
  model: v.nullable(v.string()),
  words: WordingRowSchema.entries.words,
});

/** Of which recording, and of which texts: SHA-256 of all that the model is told. */
export interface WordingId {
  readonly recordingId: string;
  readonly hash: string;
}

/** A wording, or how often it has failed so far; null if none was asked for. */
export function findWording(
  database: Database,
  { recordingId, hash }: WordingId,
): Promise<Result<WordingRow | null>> {
  return database.first(
    WordingRowSchema,
    sql(
      "SELECT failures, ask_after, model, words FROM wordings WHERE recording_id = ? AND hash = ?",
      recordingId,
      hash,
    ),
  );
}

/**
 * Takes it upon the caller to ask the model: true for one of all who want to at the same time, until `askAfter`. False where
 * it has answered already, isn't to be asked yet, or the recording is gone. Of more than `MAX_WORDINGS` the oldest go.
 */
export async function claimWording(
  database: Database,
  { recordingId, hash }: WordingId,
  now: string,
  askAfter: string,
): Promise<Result<boolean>> {
  const written = await database.write(
    sql(
      `INSERT INTO wordings (recording_id, hash, user_id, created_at, failures, ask_after)
       SELECT recording_id, ?2, user_id, ?3, 0, ?4 FROM analyses WHERE recording_id = ?1
       ON CONFLICT (recording_id, hash) DO UPDATE SET ask_after = excluded.ask_after
       WHERE words IS NULL AND ask_after <= ?3`,
      recordingId,
      hash,
      now,
      askAfter,
    ),
    sql(
      `DELETE FROM wordings WHERE recording_id = ?1 AND hash <> ?2 AND hash NOT IN (
         SELECT hash FROM wordings WHERE recording_id = ?1 ORDER BY created_at DESC LIMIT ?3)`,
      recordingId,
      hash,
      MAX_WORDINGS,
    ),
  );
  return written.ok ? ok(written.value[0] === 1) : written;
}

/** What the model has said; changes nothing if the recording is gone meanwhile. */
export function keepWords({ recordingId, hash }: WordingId, model: string, words: Words): Statement {
  return sql(
    "UPDATE wordings SET model = ?, words = ? WHERE recording_id = ? AND hash = ?",
    model,
    JSON.stringify(words),
    recordingId,
    hash,
  );
}

/** That the model has failed, and until when it isn't asked again. */
export function noteFailure({ recordingId, hash }: WordingId, failures: number, askAfter: string): Statement {
  return sql(
    "UPDATE wordings SET failures = ?, ask_after = ? WHERE recording_id = ? AND hash = ? AND words IS NULL",
    failures,
    askAfter,
    recordingId,
    hash,
  );
}

/** Every wording of a user's, in the order in which they were asked for. */
export function listWordingsOfUser(
  database: Database,
  userId: string,
): Promise<Result<v.InferOutput<typeof ExportRowSchema>[]>> {
  return database.all(
    ExportRowSchema,
    sql(
      `SELECT recording_id, created_at, model, words FROM wordings WHERE user_id = ? ORDER BY created_at, recording_id`,
      userId,
    ),
  );
}

/** Removes the wordings of what was said about a recording. */
export function removeWordingsOfRecording(recordingId: string): Statement {
  return sql("DELETE FROM wordings WHERE recording_id = ?", recordingId);
}

/** Removes the wordings of what was said to a user. */
export function removeWordingsOfUser(userId: string): Statement {
  return sql("DELETE FROM wordings WHERE user_id = ?", userId);
}
