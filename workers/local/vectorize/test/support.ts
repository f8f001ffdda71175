import { env, exports } from "cloudflare:workers";

/** The stand-in, as a worker that is bound to it sees it. */
export const index = exports.default;

/** As many as the wrangler file says. */
export const DIMENSIONS = Number(env.DIMENSIONS);

/** A vector whose first components are these, and whose others are 0. */
export function vectorOf(...components: readonly number[]): number[] {
  return Array.from({ length: DIMENSIONS }, (_, i) => components[i] ?? 0);
}

/** The ids of matches, in their order. */
export function idsOf({ matches }: VectorizeMatches): string[] {
  return matches.map(({ id }) => id);
}

/** What a call is refused with; the empty string if it isn't. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "";
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
