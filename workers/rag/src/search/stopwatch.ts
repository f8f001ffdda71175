/** Takes down how long steps take. In production a clock stands still between two waits, so that only those are seen. */
export class Stopwatch {
  readonly #milliseconds: Record<string, number> = {};

  get milliseconds(): Readonly<Record<string, number>> {
    return this.#milliseconds;
  }

  async time<Value>(step: string, work: () => Promise<Value>): Promise<Value> {
    const started = Date.now();
    try {
      return await work();
    } finally {
      this.#milliseconds[step] = Date.now() - started;
    }
  }
}
