import type { TimeLimits } from "../policy.ts";

/** That something took longer than it may. */
export class TooLateError extends Error {
  readonly kind: "timed_out" | "out_of_time";

  constructor(kind: "timed_out" | "out_of_time", message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Watches over the time of one request: what is awaited through it ends in time, or rejects. */
export interface Watch {
  /** What `work` gives, if it comes in time; rejects with `TooLateError`, or when nobody wants it any more. */
  within<Value>(limit: "firstByteMs" | "idleMs" | "wholeMs", work: PromiseLike<Value>): Promise<Value>;
  /** Milliseconds that are left of all. */
  remaining(): number;
}

/**
 * @param cancelled raised when nobody wants the answer any more.
 * @param now milliseconds since the epoch.
 */
export function startWatch(limits: TimeLimits, cancelled: AbortSignal, now: () => number): Watch {
  const end = now() + limits.totalMs;
  const remaining = () => end - now();
  return {
    remaining,
    async within(limit, work) {
      const left = remaining();
      const isLast = left <= limits[limit];
      const { promise: tooLate, reject } = Promise.withResolvers<never>();
      const stop = () => reject(new Error("cancelled"));
      const timer = setTimeout(
        () =>
          reject(
            isLast
              ? new TooLateError("out_of_time", "all attempts together took too long")
              : new TooLateError("timed_out", `nothing came within ${limits[limit]} ms`),
          ),
        Math.max(0, Math.min(left, limits[limit])),
      );
      if (cancelled.aborted) stop();
      cancelled.addEventListener("abort", stop);
      try {
        return await Promise.race([work, tooLate]);
      } finally {
        clearTimeout(timer);
        cancelled.removeEventListener("abort", stop);
        // What comes too late is no fault that anybody would still hear of.
        work.then(undefined, () => undefined);
      }
    },
  };
}
