import { PING } from "../answer/server-sent-events.ts";

/** The connections that an answer is sent to while it is made. One that is closed is left out; nobody else notices. */
export class Listeners {
  readonly #controllers = new Set<ReadableByteStreamController>();
  #timer: ReturnType<typeof setInterval> | null = null;

  /** A stream that begins with `before`, and gets every event from now on; ends at once if `ended`. */
  open(before: readonly Uint8Array[], ended: boolean): ReadableStream<Uint8Array> {
    let own: ReadableByteStreamController | null = null;
    return new ReadableStream({
      type: "bytes",
      start: (controller) => {
        own = controller;
        for (const event of before) controller.enqueue(event.slice());
        if (ended) controller.close();
        else this.#controllers.add(controller);
      },
      cancel: () => {
        if (own !== null) this.#controllers.delete(own);
      },
    });
  }

  /** Sends an event, whole, to everybody. */
  send(event: Uint8Array): void {
    for (const controller of this.#controllers) {
      try {
        // A byte stream takes the buffer away with the bytes.
        controller.enqueue(event.slice());
      } catch {
        this.#controllers.delete(controller);
      }
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
    for (const controller of this.#controllers) {
      try {
        controller.close();
      } catch {
        // Closed by its reader meanwhile.
      }
    }
    this.#controllers.clear();
  }
}
