import { AnalysisSchema, MeasurementsSchema, ok, type Result } from "@crescendai/contracts";
import { type Database, sql } from "@crescendai/worker-kit";
import * as v from "valibot";
import { MOST_EARLIER } from "../composition/history.ts";

/** Earlier recordings of the same player in the table `analyses`, for comparison: only what comparing needs. */

const EarlierTakeIdSchema = v.strictObject({ job_id: v.string(), completed_at: v.string() });
export type EarlierTakeId = v.InferOutput<typeof EarlierTakeIdSchema>;

const COMPARED = ["dimensions", "perception", "perception_uncertainty", "sketch", "confidence"] as const;
const COMPARED_MEASUREMENTS = [
  "dynamic_range_db",
  "pulse",
  "notes",
  "pauses",
  "leading_silence",
  "trailing_silence",
] as const;

const ComparedSchema = v.strictObject({
  ...v.pick(AnalysisSchema, COMPARED).entries,
  /** Seconds that were listened to. */
  duration: AnalysisSchema.entries.analysed_duration,
  measurements: v.pick(MeasurementsSchema, COMPARED_MEASUREMENTS),
});

const EarlierTakeRowSchema = v.strictObject({
  recording_id: v.string(),
  created_at: v.string(),
  compared: v.fallback(v.nullable(v.pipe(v.string(), v.parseJson(), ComparedSchema)), null),
});

/** An earlier take: its recording, when it came, and what was heard of what can be compared. */
export interface EarlierTakeRow extends v.InferOutput<typeof ComparedSchema> {
  readonly recording_id: string;
  readonly created_at: string;
}

/** The compared parts of an analysis as a JSON object, made in the database: the curves stay there. */
const COMPARED_JSON = jsonObject([
  ...COMPARED.map((name) => [name, extracted(name)] as const),
  ["duration", extracted("analysed_duration")],
  [
    "measurements",
    jsonObject(COMPARED_MEASUREMENTS.map((name) => [name, extracted(`measurements.${name}`)] as const)),
  ],
]);

function jsonObject(entries: readonly (readonly [name: string, expression: string])[]): string {
  return `json_object(${entries.map(([name, expression]) => `'${name}', ${expression}`).join(", ")})`;
}

function extracted(path: string): string {
  return `json_extract(analysis, '$.${path}')`;
}

/**
 * The takes that a recording is compared with: those of the same player that came before it and in which the same ears
 * heard music, newest first, at most as many as are looked at. Reads no analysis.
 */
export function findEarlierTakes(database: Database, jobId: string): Promise<Result<EarlierTakeId[]>> {
  return database.all(
    EarlierTakeIdSchema,
    sql(
      `SELECT earlier.job_id, earlier.completed_at FROM analyses AS this
       JOIN analyses AS earlier ON earlier.user_id = this.user_id AND earlier.created_at < this.created_at
       WHERE this.job_id = ? AND earlier.status = 'completed' AND earlier.heard = 'music'
         AND earlier.model_version = this.model_version
       ORDER BY earlier.created_at DESC, earlier.job_id LIMIT ?`,
      jobId,
      MOST_EARLIER,
    ),
  );
}

/** What was heard in the takes of these jobs, newest first; what doesn't parse any more is left out. */
export async function readEarlierTakes(
  database: Database,
  takes: readonly EarlierTakeId[],
): Promise<Result<EarlierTakeRow[]>> {
  if (takes.length === 0) return ok([]);
  const rows = await database.all(
    EarlierTakeRowSchema,
    sql(
      `SELECT recording_id, created_at, ${COMPARED_JSON} AS compared FROM analyses
       WHERE job_id IN (SELECT value FROM json_each(?)) AND status = 'completed'
       ORDER BY created_at DESC, job_id`,
      JSON.stringify(takes.map(({ job_id }) => job_id)),
    ),
  );
  if (!rows.ok) return rows;
  return ok(
    rows.value.flatMap(({ compared, ...take }) => (compared === null ? [] : [{ ...take, ...compared }])),
  );
}
