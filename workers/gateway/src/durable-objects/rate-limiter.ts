import { DurableObject } from "cloudflare:workers";
import { takeFromWindow, type WindowDecision, type WindowPolicy } from "./sliding-window.ts";

/**
 * Counts one user's requests, exactly: there is one such object a user, and it does one thing at a time. What it
 * counts outlives its eviction; an idle one erases itself.
 */
export class RateLimiter extends DurableObject<GatewayEnv> {
  /**
   * Takes one request of a category out of its window.
   *
   * @returns whether it is allowed, how many are left, and in how many seconds there are more.
   */
  async take(category: string, policy: WindowPolicy): Promise<Omit<WindowDecision, "hits">> {
    const now = Date.now();
    const stored = this.ctx.storage.kv.get<number[]>(category) ?? [];
    const { hits, ...decision } = takeFromWindow(stored, now, policy);
    if (decision.allowed) {
      this.ctx.storage.kv.put(category, hits);
      if ((await this.ctx.storage.getAlarm()) === null) {
        await this.ctx.storage.setAlarm(now + IDLE_WINDOWS * policy.windowMs);
      }
    }
    return decision;
  }

  /** Nothing counts any more two windows after the first request: start from nothing, or look again later. */
  override async alarm(): Promise<void> {
    const newest = [...this.ctx.storage.kv.list<number[]>()].map(([, hits]) => hits.at(-1) ?? 0);
    const idleSince = Math.max(0, ...newest);
    if (Date.now() - idleSince > KEPT_MS) await this.ctx.storage.deleteAll();
    else await this.ctx.storage.setAlarm(Date.now() + KEPT_MS);
  }
}

/** Windows after which an object looks whether it is still needed. */
const IDLE_WINDOWS = 2;

/** Milliseconds that counts are kept: longer than any window. */
const KEPT_MS = 120_000;
