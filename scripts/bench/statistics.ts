/** Latencies in milliseconds, as a benchmark prints them. */
export interface Summary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Nearest-rank percentiles. */
export function summarise(milliseconds: readonly number[]): Summary {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Does `work` `times` times, `concurrency` at once, and gives how long each took in milliseconds. */
export async function measure(
  times: number,
  concurrency: number,
  work: (turn: number) => Promise<void>,
): Promise<number[]> {
  const durations: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < times) {
      const turn = next;
      next += 1;
      const started = performance.now();
      await work(turn);
      durations.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return durations;
}

/** Whether a promise is kept, as the benchmark prints it. */
export function mark(kept: boolean): string {
  return kept ? "✓" : "✗";
}
