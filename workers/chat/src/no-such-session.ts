import type { ServiceError } from "@crescendai/contracts";

/** What somebody gets who asks for a session that isn't theirs, or isn't there. */
export function noSuchSession(id: string): ServiceError {
  return { code: "NOT_FOUND", message: `You have no session ${id}.` };
}
