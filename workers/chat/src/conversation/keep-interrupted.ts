import { type ChatCitation, type ChatEvent, ChatEventSchema } from "@crescendai/contracts";
import type { Database } from "@crescendai/worker-kit";
import * as v from "valibot";
import { DONE } from "../answer/server-sent-events.ts";
import { insertMessage } from "../tables/messages.ts";
import { touchSession } from "../tables/sessions.ts";
import { endTurn } from "../tables/turns.ts";
import type { KeptTurn } from "./event-log.ts";

const INTERRUPTED =
  "The server was interrupted in the middle of this answer. What came is kept; please ask again.";

const EventDataSchema = v.pipe(v.string(), v.parseJson(), ChatEventSchema);

/**
 * Ends a turn that nobody works on any more: what was said stands in its events. Gives the events that end it, or null if it
 * couldn't be written.
 */
export async function keepInterrupted(
  database: Database,
  turn: KeptTurn,
  events: readonly { readonly data: string }[],
  now: string,
): Promise<string[] | null> {
  const { content, citations } = saidIn(events.map(({ data }) => data));
  const message = {
    id: turn.answer_id,
    turn_id: turn.id,
    role: "assistant" as const,
    status: "interrupted" as const,
    created_at: now,
    content,
    citations,
    rounds: [{ said: content, calls: [] }],
  };
  const written = await database.write(
    ...(content === "" ? [] : [insertMessage(message, turn.session_id)]),
    endTurn(turn.id, "interrupted", INTERRUPTED, null, now),
    touchSession(turn.session_id, now),
  );
  if (!written.ok) return null;
  const ending: ChatEvent[] = [
    { type: "error", error: "SERVICE_UNAVAILABLE", message: INTERRUPTED },
    ...(content === "" ? [] : [{ type: "message" as const, id: turn.answer_id, created_at: now }]),
  ];
  return [...ending.map((event) => JSON.stringify(event)), DONE];
}

/** What an answer said, and cited, as far as its events go. */
function saidIn(data: readonly string[]): {
  readonly content: string;
  readonly citations: ChatCitation[];
} {
  const events = data.flatMap((text) => {
    const event = v.safeParse(EventDataSchema, text);
    return event.success ? [event.output] : [];
  });
  return {
    content: events.map((event) => (event.type === "token" ? event.content : "")).join(""),
    citations: events.flatMap((event) => {
      if (event.type !== "citation") return [];
      const { type: _type, ...citation } = event;
      return [citation];
    }),
  };
}
