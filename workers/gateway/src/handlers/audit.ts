import { type AuditEntry, AuditQuerySchema, failed, ok } from "@crescendai/contracts";
import { jsonResponse, validate } from "@crescendai/worker-kit";
import { userDataServices } from "../services.ts";
import type { OwnHandler } from "./own-handler.ts";

/** `GET /api/v1/audit`: the newest entries of every service's audit log on one user, newest first. */
export const auditHandler: OwnHandler = async ({ env, caller, query, log }) => {
  const wanted = validate(AuditQuerySchema, query, "query");
  if (!wanted.ok) return wanted;
  if (caller === null) return failed({ code: "UNAUTHORIZED", message: "Say who you are." });
  const userId = wanted.value.user_id ?? caller.userId;
  if (userId !== caller.userId && caller.role !== "admin") {
    return failed({ code: "FORBIDDEN", message: "Only an administrator may read another user's audit log." });
  }
  const { limit } = wanted.value;
  const trails = await Promise.all(
    Object.values(userDataServices(env, log)).map((service) => service.auditTrail(userId, limit)),
  );
  const entries: AuditEntry[] = [];
  for (const trail of trails) {
    if (!trail.ok) return trail;
    entries.push(...trail.value);
  }
  entries.sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
  return ok(jsonResponse({ entries: entries.slice(0, limit) }));
};
