import { ok, type Result } from "@crescendai/contracts";
import { type Database, type Statement, sql } from "@crescendai/worker-kit";
import * as v from "valibot";

/** The table `unclaimed_objects`, see migrations/knowledge. */

const KeyRowSchema = v.strictObject({ object_key: v.string() });

/** Says that objects are about to be stored, and from when on they are nobody's if no revision has claimed them. */
export function announceObjects(objectKeys: readonly string[], removeAfter: string): Statement {
  return sql(
    "INSERT INTO unclaimed_objects (object_key, remove_after) SELECT value, ? FROM json_each(?)",
    removeAfter,
    JSON.stringify(objectKeys),
  );
}

/** The object is a revision's now; changes no row unless it is. */
export function claimObject(objectKey: string): Statement {
  return sql(
    `DELETE FROM unclaimed_objects WHERE object_key = ?
     AND EXISTS (SELECT 1 FROM revisions WHERE revisions.object_key = unclaimed_objects.object_key)`,
    objectKey,
  );
}

/** Keys of objects that may be removed. */
export async function findUnclaimed(
  database: Database,
  now: string,
  limit: number,
): Promise<Result<string[]>> {
  const rows = await database.all(
    KeyRowSchema,
    sql("SELECT object_key FROM unclaimed_objects WHERE remove_after <= ? LIMIT ?", now, limit),
  );
  return rows.ok ? ok(rows.value.map(({ object_key }) => object_key)) : rows;
}

/** The objects are gone. */
export function forgetObjects(objectKeys: readonly string[]): Statement {
  return sql(
    "DELETE FROM unclaimed_objects WHERE object_key IN (SELECT value FROM json_each(?))",
    JSON.stringify(objectKeys),
  );
}
