import { PING } from "../answer/server-sent-events.ts";

/** The connections that an answer is sent to while it is made. One that is closed is left out; nobody else notices. */
export class Listeners {
  readonly #listeners = new Set<Listener>();
  #timer: ReturnType<typeof setInterval> | null = null;

  /** A stream that begins with `before`, and gets every event from now on; ends at once if `ended`. */
  open(before: readonly Uint8Array[], ended: boolean): ReadableStream<Uint8Array> {
    const listener = new Listener();
    for (const event of before) listener.send(event);
    if (ended) listener.close();
    else this.#listeners.add(listener);
    return listener.stream;
  }

  /** Sends an event, whole, to everybody. */
  send(event: Uint8Array): void {
    for (const listener of this.#listeners) {
      if (listener.isGone) this.#listeners.delete(listener);
      else listener.send(event);
    }
  }

  /** Keeps connections open that hear nothing for a while, until `close`. */
  keepAwake(everyMs: number): void {
    this.#timer ??= setInterval(() => this.send(PING), everyMs);
  }

  /** Ends every stream. */
  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    for (const listener of this.#listeners) listener.close();
    this.#listeners.clear();
  }
}

/**
 * One connection. What is written to it goes on as it was written, event by event, however many wait for a slow reader: a stream
 * with a queue of its own would hand on several as one chunk, and clients that take a chunk for an event would lose some.
 */
class Listener {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #waiting: Uint8Array[] = [];
  #isWriting = false;
  #isEnded = false;
  #isGone = false;

  constructor() {
    const { readable, writable } = new IdentityTransformStream();
    this.stream = readable;
    this.#writer = writable.getWriter();
  }

  /** Whether its reader has left. */
  get isGone(): boolean {
    return this.#isGone;
  }

  send(event: Uint8Array): void {
    this.#waiting.push(event);
    this.#write();
  }

  close(): void {
    this.#isEnded = true;
    this.#write();
  }

  #write(): void {
    if (this.#isWriting || this.#isGone) return;
    this.#isWriting = true;
    this.#writeWaiting().catch(() => {
      this.#isGone = true;
      this.#waiting.length = 0;
    });
  }

  async #writeWaiting(): Promise<void> {
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      await this.#writer.write(event);
    }
    // In the same step as the last look: what comes from now on is written anew.
    this.#isWriting = false;
    if (this.#isEnded) await this.#writer.close();
  }
}
