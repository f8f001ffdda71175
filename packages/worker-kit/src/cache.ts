import * as v from "valibot";
import { describeCause, type Logger } from "./log.ts";

/**
 * A cache of texts in KV, each held together with what it was made from: a text is found only by whoever would make it
 * from the same. Everything here is but speed: a fault is a line in the log, and otherwise a miss.
 */
export interface TextCache {
  /** The text under a key if it was made from what `fingerprint` stands for, or null. */
  find(key: string, fingerprint: string): Promise<string | null>;
  /** Keeps a text under a key, in place of what was there. */
  keep(key: string, fingerprint: string, text: string): Promise<void>;
  /** Removes what is kept under a key; whether that is certain. */
  remove(key: string): Promise<boolean>;
}

const EntrySchema = v.strictObject({ fingerprint: v.string(), text: v.string() });

/** @param secondsToLive how long an entry is kept; KV takes 60 at least. */
export function openTextCache(namespace: KVNamespace, secondsToLive: number, log: Logger): TextCache {
  async function attempt<Value>(what: string, work: () => Promise<Value>): Promise<Value | null> {
    try {
      return await work();
    } catch (cause) {
      log.warn(`cache not ${what}`, { cause: describeCause(cause) });
      return null;
    }
  }
  return {
    async find(key, fingerprint) {
      const entry = await attempt("read", () => namespace.get(key, "json"));
      const parsed = v.safeParse(EntrySchema, entry);
      return parsed.success && parsed.output.fingerprint === fingerprint ? parsed.output.text : null;
    },
    async keep(key, fingerprint, text) {
      const entry = JSON.stringify({ fingerprint, text });
      await attempt("written", () => namespace.put(key, entry, { expirationTtl: secondsToLive }));
    },
    async remove(key) {
      const removed = await attempt("cleared", async () => {
        await namespace.delete(key);
        return true;
      });
      return removed ?? false;
    },
  };
}
