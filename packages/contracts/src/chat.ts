import * as v from "valibot";
import {
  CountSchema,
  maxCharacters,
  PageQueryEntries,
  PaginationSchema,
  TimestampSchema,
  UuidSchema,
} from "./common.ts";
import { ERROR_CODES } from "./errors.ts";

/* Conversations with the coach: sessions, messages, and the events of an answer as it comes. */

/** Largest message of a player, in bytes of UTF-8: 50 KB of notes on one's practice, and room. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

/** Longest title of a session, in characters. */
export const MAX_TITLE_LENGTH = 200;

const TitleSchema = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, "must not be empty"),
  maxCharacters(MAX_TITLE_LENGTH),
  v.regex(/^\P{Cc}*$/u, "must be one line without control characters"),
  v.check((text) => text.isWellFormed(), "must be well-formed text"),
);

/** Body of `POST /api/v1/chat/sessions`. Without a title, it is made from the first question. */
export const CreateSessionSchema = v.strictObject({
  title: v.optional(TitleSchema),
  recording_id: v.optional(v.nullable(UuidSchema), null),
});

/** A conversation as its owner sees it. `id` and `session_id` are the same. */
export const ChatSessionSchema = v.strictObject({
  id: UuidSchema,
  session_id: UuidSchema,
  title: v.string(),
  recording_id: v.nullable(UuidSchema),
  created_at: TimestampSchema,
  updated_at: TimestampSchema,
  message_count: CountSchema,
});
export type ChatSession = v.InferOutput<typeof ChatSessionSchema>;

/** Path parameter `:session_id`. */
export const SessionParamsSchema = v.strictObject({ session_id: UuidSchema });

/** Query of `GET /api/v1/chat/sessions`; the one that was last talked in comes first. */
export const ListSessionsQuerySchema = v.strictObject(PageQueryEntries);

/** Answer of `GET /api/v1/chat/sessions`. */
export const ChatSessionListSchema = v.strictObject({
  sessions: v.array(ChatSessionSchema),
  pagination: PaginationSchema,
});

/** A passage of the library that an answer names as `[number]`. */
export const ChatCitationSchema = v.strictObject({
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  document_id: v.string(),
  chunk_id: v.string(),
  title: v.string(),
  author: v.nullable(v.string()),
  section: v.string(),
  excerpt: v.string(),
});
export type ChatCitation = v.InferOutput<typeof ChatCitationSchema>;

/** A tool that was called for an answer: with what, and what came of it. */
export const ToolUseSchema = v.strictObject({
  tool: v.string(),
  arguments: v.unknown(),
  result: v.optional(v.unknown()),
});
export type ToolUse = v.InferOutput<typeof ToolUseSchema>;

/**
 * How a turn stands. running: the answer is being made. completed: it is whole. stopped: the player ended it. failed: something
 * went wrong, `error` says what. interrupted: the server went down in the middle. Whatever was said is kept in each case.
 */
export const TurnStatusSchema = v.picklist(["running", "completed", "stopped", "failed", "interrupted"]);
export type TurnStatus = v.InferOutput<typeof TurnStatusSchema>;

/** A message as a session keeps it. */
export const ChatHistoryMessageSchema = v.strictObject({
  id: UuidSchema,
  role: v.picklist(["user", "assistant"]),
  content: v.string(),
  created_at: TimestampSchema,
  tool_calls: v.optional(v.array(ToolUseSchema)),
  citations: v.optional(v.array(ChatCitationSchema)),
  /** Of an answer that isn't whole: why. */
  status: v.optional(v.picklist(["stopped", "failed", "interrupted"])),
});
export type ChatHistoryMessage = v.InferOutput<typeof ChatHistoryMessageSchema>;

/** A question and the work on its answer. */
export const ChatTurnSchema = v.strictObject({
  id: UuidSchema,
  status: TurnStatusSchema,
  /** Why it failed or was interrupted, as a sentence; null otherwise. */
  error: v.nullable(v.string()),
});
export type ChatTurn = v.InferOutput<typeof ChatTurnSchema>;

/** Answer of `GET /api/v1/chat/sessions/:session_id`: the session, flat, oldest message first. */
export const ChatSessionDetailSchema = v.strictObject({
  ...ChatSessionSchema.entries,
  messages: v.array(ChatHistoryMessageSchema),
  /** The newest turn; null before the first. */
  last_turn: v.nullable(ChatTurnSchema),
});

/** Answer of `DELETE /api/v1/chat/sessions/:session_id`. */
export const ChatSessionDeletedSchema = v.strictObject({ message: v.string(), session_id: UuidSchema });

const MessageTextSchema = v.pipe(
  v.string(),
  v.check((text) => text.trim() !== "", "must not be empty"),
  v.check((text) => text.isWellFormed(), "must be well-formed text"),
  v.check((text) => !text.includes("\0"), "must not contain the character U+0000"),
);

/** Body of `POST /api/v1/chat`; `message` stands for `content`. Over `MAX_MESSAGE_BYTES` it is PAYLOAD_TOO_LARGE. */
export const PostChatSchema = v.pipe(
  v.strictObject({
    session_id: UuidSchema,
    content: v.optional(MessageTextSchema),
    message: v.optional(MessageTextSchema),
    /** False: the whole answer as JSON, once it is there. */
    stream: v.optional(v.boolean()),
  }),
  v.check(
    ({ content, message }) => (content === undefined) !== (message === undefined),
    "needs content: your message to the coach",
  ),
  v.transform(({ session_id, content, message, stream }) => ({
    session_id,
    content: content ?? message ?? "",
    ...(stream === undefined ? {} : { stream }),
  })),
);

/** Answer of `POST /api/v1/chat` as JSON. */
export const ChatAnswerSchema = v.strictObject({
  ...ChatHistoryMessageSchema.entries,
  session_id: UuidSchema,
});
export type ChatAnswer = v.InferOutput<typeof ChatAnswerSchema>;

/** Answer of `POST /api/v1/chat/sessions/:session_id/stop`. */
export const TurnStoppedSchema = v.strictObject({
  message: v.string(),
  session_id: UuidSchema,
  /** Whether there was a turn to end. */
  stopped: v.boolean(),
});

/**
 * An event of `text/event-stream`, the JSON of a `data:` line. Clients ignore types that they don't know. After the last one
 * comes `data: [DONE]`; before it `message` names what is stored, if anything was said.
 */
export const ChatEventSchema = v.variant("type", [
  v.strictObject({ type: v.literal("token"), content: v.string() }),
  v.strictObject({ type: v.literal("tool_call"), tool: v.string(), arguments: v.unknown() }),
  v.strictObject({ type: v.literal("citation"), ...ChatCitationSchema.entries }),
  v.strictObject({
    type: v.literal("error"),
    error: v.picklist(ERROR_CODES),
    message: v.string(),
    /** Seconds after which asking again makes sense. */
    retry_after: v.optional(v.number()),
  }),
  v.strictObject({ type: v.literal("message"), id: UuidSchema, created_at: TimestampSchema }),
]);
export type ChatEvent = v.InferOutput<typeof ChatEventSchema>;
