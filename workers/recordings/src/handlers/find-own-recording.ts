import {
  failed,
  IdParamsSchema,
  ok,
  type Result,
  type ServiceError,
  type StoredRecording,
} from "@crescendai/contracts";
import { type HandlerContext, openDatabase, validate } from "@crescendai/worker-kit";
import { findRecording } from "../tables/recordings.ts";

/** What somebody gets who asks for a recording that isn't theirs, or isn't there. */
export function noSuchRecording(id: string): ServiceError {
  return { code: "NOT_FOUND", message: `You have no recording ${id}.` };
}

/** The recording that `:id` names, if it is the caller's; another user's is NOT_FOUND like one that never was. */
export async function findOwnRecording({
  env,
  caller,
  params,
  log,
}: HandlerContext<RecordingsEnv>): Promise<Result<StoredRecording>> {
  const wanted = validate(IdParamsSchema, params, "path");
  if (!wanted.ok) return wanted;
  const found = await findRecording(openDatabase(env.DB, log), caller.userId, wanted.value.id);
  if (!found.ok) return found;
  if (found.value === null) {
    return failed(noSuchRecording(wanted.value.id));
  }
  return ok(found.value);
}
