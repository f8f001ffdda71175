/** What a key may do. */
export type KeyRole = "user" | "admin";

/** A key that is taken, and whose it is. */
export interface ApiKey {
  readonly key: string;
  readonly role: KeyRole;
}

/** Marks a key of an administrator in `ALLOWED_API_KEYS`. */
const ADMIN_PREFIX = "admin:";

/** Reads `ALLOWED_API_KEYS`: keys separated by commas; `admin:` before one makes it an administrator's. */
export function parseApiKeys(configured: string | undefined): ApiKey[] {
  return (configured ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "" && entry !== ADMIN_PREFIX)
    .map((entry) =>
      entry.startsWith(ADMIN_PREFIX)
        ? { key: entry.slice(ADMIN_PREFIX.length).trim(), role: "admin" }
        : { key: entry, role: "user" },
    );
}

/**
 * Which of the keys was presented, or null. Takes the same time whichever it is, and whether it is any: digests of
 * one length are compared, all of them, in constant time.
 */
export async function findApiKey(keys: readonly ApiKey[], presented: string): Promise<ApiKey | null> {
  const digest = await sha256(presented);
  let found: ApiKey | null = null;
  for (const candidate of keys) {
    const equal = crypto.subtle.timingSafeEqual(digest, await sha256(candidate.key));
    found = equal ? candidate : found;
  }
  return found;
}

function sha256(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}
