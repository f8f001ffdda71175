import * as v from "valibot";

/**
 * Who a user is: what the caller's application or token says. Visible ASCII that is harmless in a storage key and
 * in a log line, as identity providers issue it ("auth0|5f7c…", an e-mail address, a UUID).
 */
export const UserIdSchema = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9_][A-Za-z0-9_.@:|+=-]{0,127}$/,
    "must be 1 to 128 of the characters A-Z a-z 0-9 _ . @ : | + = - and start with a letter, a digit or _",
  ),
);

/** What a caller may do: an administrator also what concerns everybody. */
export const RoleSchema = v.picklist(["user", "admin"]);

/** The caller of a request, as the gateway established it. Services believe it and nothing else. */
export const CallerSchema = v.strictObject({
  userId: UserIdSchema,
  role: RoleSchema,
  /** Of this request, for the log and the answer. */
  requestId: v.string(),
  /** W3C Trace Context, the `traceparent` header. */
  traceparent: v.string(),
});
export type Caller = v.InferOutput<typeof CallerSchema>;

/** The header in which the gateway hands the caller to a service; one that comes from outside is thrown away. */
export const CALLER_HEADER = "x-crescendai-caller";
