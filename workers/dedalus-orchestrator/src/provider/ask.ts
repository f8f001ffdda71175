import { failed, type Result } from "@crescendai/contracts";
import type { Dedalus } from "dedalus-labs";
import { type AnswerPart, concludeAnswer, type Ending, NOTHING_SO_FAR, takeChunk } from "./assemble.ts";
import { failureOf } from "./classify.ts";
import type { ProviderFailure } from "./failure.ts";
import type { requestBody } from "./request-body.ts";
import type { Watch } from "./time-limits.ts";
import { readChunk } from "./wire.ts";

type Body = ReturnType<typeof requestBody>;

/** What one attempt needs. */
export interface Attempt {
  readonly client: Dedalus;
  readonly body: Body;
  readonly watch: Watch;
  /** Raised when nobody wants the answer any more. */
  readonly cancelled: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** An answer while it comes: its parts, and in the end what it came to. */
export type ComingAnswer = AsyncGenerator<AnswerPart, Result<Ending, ProviderFailure>, undefined>;

/** Asks a model once, and gives the parts of its answer as they come. Leaving early ends the request. */
export async function* askStreaming({ client, body, watch, cancelled, now }: Attempt): ComingAnswer {
  const request = new AbortController();
  let soFar = NOTHING_SO_FAR;
  try {
    const chunks = await watch.within(
      "firstByteMs",
      client.chat.completions.create(
        { ...body, stream: true, stream_options: { include_usage: true } },
        { signal: request.signal },
      ),
    );
    const iterator: AsyncIterator<unknown> = chunks[Symbol.asyncIterator]();
    for (let isFirst = true; ; isFirst = false) {
      const next = await watch.within(isFirst ? "firstByteMs" : "idleMs", iterator.next());
      if (next.done === true) return concludeAnswer(soFar);
      const chunk = readChunk(next.value);
      if (!chunk.ok) return soFar.finishReason === null ? chunk : concludeAnswer(soFar);
      const taken = takeChunk(soFar, chunk.value);
      if (!taken.ok) return taken;
      soFar = taken.value.soFar;
      yield* taken.value.parts;
    }
  } catch (cause) {
    if (cancelled.aborted) return failed({ kind: "cancelled", reason: "nobody wants the answer any more" });
    // What comes after the end of an answer is bookkeeping.
    return soFar.finishReason === null ? failed(failureOf(cause, now())) : concludeAnswer(soFar);
  } finally {
    request.abort();
  }
}

/** A whole answer: its parts, and what it came to. */
export interface WholeAnswer {
  readonly parts: readonly AnswerPart[];
  readonly ending: Ending;
}

/** Asks a model once for its whole answer. */
export async function askWhole({
  client,
  body,
  watch,
  cancelled,
  now,
}: Attempt): Promise<Result<WholeAnswer, ProviderFailure>> {
  const request = new AbortController();
  try {
    const completion: unknown = await watch.within(
      "wholeMs",
      client.chat.completions.create({ ...body, stream: false }, { signal: request.signal }),
    );
    const chunk = readChunk(completion);
    if (!chunk.ok) return chunk;
    const taken = takeChunk(NOTHING_SO_FAR, chunk.value);
    if (!taken.ok) return taken;
    const ending = concludeAnswer(taken.value.soFar);
    return ending.ok ? { ok: true, value: { parts: taken.value.parts, ending: ending.value } } : ending;
  } catch (cause) {
    return failed(
      cancelled.aborted
        ? { kind: "cancelled", reason: "nobody wants the answer any more" }
        : failureOf(cause, now()),
    );
  } finally {
    request.abort();
  }
}
