import { failed, ok, type Result, type StoredRecording } from "@crescendai/contracts";
import { askService, type HandlerContext } from "@crescendai/worker-kit";

/** The caller's recording; another user's is NOT_FOUND like one that never was. */
export async function findRecording(
  { env, caller, log }: HandlerContext<FeedbackEnv>,
  id: string,
): Promise<Result<StoredRecording>> {
  const found = await askService("recordings", log, () => env.RECORDINGS.getRecording(caller.userId, id));
  if (!found.ok) return found;
  return found.value === null
    ? failed({ code: "NOT_FOUND", message: `You have no recording ${id}.` })
    : ok(found.value);
}
