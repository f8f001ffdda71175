import type { Caller } from "@crescendai/contracts";
import { exchangesOf } from "../prompt/history-window.ts";
import { dueForSummary, SUMMARY_TOKENS, summaryPrompt } from "../prompt/summarise.ts";
import { listMessages } from "../tables/messages.ts";
import { findSession, keepSummary } from "../tables/sessions.ts";
import type { Means } from "./means.ts";

/** Has older exchanges of a long conversation summarised, behind an answer. What fails here is tried after the next one. */
export async function summariseOlder(
  { database, services, log }: Means,
  caller: Caller,
  sessionId: string,
): Promise<void> {
  const session = await findSession(database, caller.userId, sessionId);
  if (!session.ok || session.value === null) return;
  const { summary, summarised_to } = session.value;
  const messages = await listMessages(database, sessionId, summarised_to);
  if (!messages.ok) return;
  const due = dueForSummary(exchangesOf(messages.value));
  const last = due.at(-1);
  if (last === undefined) return;
  const completion = await services.complete({
    user_id: caller.userId,
    request_id: caller.requestId,
    purpose: "summary",
    messages: summaryPrompt(summary, due),
    max_tokens: SUMMARY_TOKENS,
    repeatable: true,
  });
  if (!completion.ok) {
    log.warn("conversation not summarised", { code: completion.error.code });
    return;
  }
  const { content } = completion.value;
  if (content !== null && content !== "") {
    await database.write(keepSummary(sessionId, content, last.seq, summarised_to));
  }
}
