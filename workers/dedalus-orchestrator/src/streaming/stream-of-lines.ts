/**
 * Milliseconds of silence after which a blank is sent: a stream that is read over RPC notices that its reader has gone only when
 * it sends something, and until then the provider would go on thinking for nobody.
 */
const HEARTBEAT_MS = 1000;

/**
 * A byte stream of JSON, a line for each value, made as fast as it is read. There may be blanks before a line, which JSON
 * takes no notice of (RFC 8259 §2). Reading `values` must not reject.
 *
 * @param cancel is called when the reader goes away before the end.
 */
export function streamOfLines(
  values: AsyncGenerator<unknown, void, undefined>,
  cancel: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let pending: Promise<IteratorResult<unknown, void>> | null = null;
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      pending ??= values.next();
      const next = await orSilence(pending);
      if (next === "silence") {
        controller.enqueue(encoder.encode(" "));
        return;
      }
      pending = null;
      if (next.done !== true) {
        controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
        return;
      }
      controller.close();
      // A read into the reader's own memory that still waits (Streams Standard §4.7.4).
      controller.byobRequest?.respond(0);
    },
    async cancel() {
      cancel();
      await values.return();
    },
  });
}

async function orSilence<Value>(work: Promise<Value>): Promise<Value | "silence"> {
  const { promise: silence, resolve } = Promise.withResolvers<"silence">();
  const timer = setTimeout(() => resolve("silence"), HEARTBEAT_MS);
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
