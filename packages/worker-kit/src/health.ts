import type { ServiceHealth } from "@crescendai/contracts";

/** Longest that a dependency may take to answer, in milliseconds: health is asked for by monitors every few seconds. */
const DEPENDENCY_TIMEOUT_MS = 2000;

/** Asks every dependency at once; one that throws or doesn't answer in time is failing. */
export async function checkHealth(
  dependencies: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<ServiceHealth> {
  const entries = await Promise.all(
    Object.entries(dependencies).map(async ([name, ask]) => [name, await answers(ask)] as const),
  );
  return {
    status: entries.every(([, answer]) => answer === "ok") ? "healthy" : "degraded",
    dependencies: Object.fromEntries(entries),
  };
}

async function answers(ask: () => Promise<unknown>): Promise<"ok" | "failing"> {
  const { promise: late, resolve } = Promise.withResolvers<"failing">();
  const timer = setTimeout(() => resolve("failing"), DEPENDENCY_TIMEOUT_MS);
  try {
    return await Promise.race([ask().then(() => "ok" as const), late]);
  } catch {
    return "failing";
  } finally {
    clearTimeout(timer);
  }
}
