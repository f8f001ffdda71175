import * as v from "valibot";
import { TimestampSchema, wholeNumber } from "./common.ts";
import { UserIdSchema } from "./identity.ts";

/** What is written to the audit log. */
export const AuditActionSchema = v.picklist([
  "cache.invalidate",
  "context.write",
  "document.write",
  "document.reingest",
  "document.delete",
  "knowledge.rebuild",
  "recording.delete",
  "session.create",
  "session.delete",
  "user.export",
  "user.erase",
]);
export type AuditAction = v.InferOutput<typeof AuditActionSchema>;

/** One entry of the audit log: who did what to which object, when, in which request. */
export const AuditEntrySchema = v.strictObject({
  at: TimestampSchema,
  user_id: v.string(),
  /** In what role: the user, or an administrator acting for them. */
  role: v.string(),
  action: AuditActionSchema,
  object_id: v.nullable(v.string()),
  request_id: v.string(),
});
export type AuditEntry = v.InferOutput<typeof AuditEntrySchema>;

/** Query of `GET /api/v1/audit`; `user_id` of somebody else is for administrators. */
export const AuditQuerySchema = v.strictObject({
  limit: v.optional(wholeNumber(1, 500), "100"),
  user_id: v.optional(UserIdSchema),
});

/** Answer of `GET /api/v1/audit`, newest first. */
export const AuditLogSchema = v.strictObject({ entries: v.array(AuditEntrySchema) });
