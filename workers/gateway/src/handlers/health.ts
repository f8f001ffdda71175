import { type Health, ok } from "@crescendai/contracts";
import { describeCause, jsonResponse, timestamp } from "@crescendai/worker-kit";
import { version } from "../../package.json";
import { healthServices } from "../services.ts";
import type { OwnHandler } from "./own-handler.ts";

/** Longest that a service may take to say how it is, in milliseconds: above what its own checks may take. */
const SERVICE_TIMEOUT_MS = 3000;

type ServiceCheck = Health["checks"][string];

const DOWN: ServiceCheck = { status: "down", dependencies: {} };

/** `GET /health`: asks every service at once; 503 names those that don't answer or whose dependencies don't. */
export const healthHandler: OwnHandler = async ({ env, log }) => {
  const entries = await Promise.all(
    Object.entries(healthServices(env)).map(async ([name, ask]): Promise<[string, ServiceCheck]> => {
      try {
        return [name, await withTimeout(ask())];
      } catch (cause) {
        log.error("service is down", { cause: `${name}: ${describeCause(cause)}` });
        return [name, DOWN];
      }
    }),
  );
  const failing = entries.filter(([, check]) => check.status !== "healthy").map(([name]) => name);
  const health: Health = {
    status: failing.length === 0 ? "healthy" : "degraded",
    message: failing.length === 0 ? "Every service answers." : `Not in order: ${failing.join(", ")}.`,
    timestamp: timestamp(Date.now()),
    version,
    checks: Object.fromEntries(entries),
  };
  return ok(jsonResponse(health, failing.length === 0 ? 200 : 503));
};

async function withTimeout(check: Promise<ServiceCheck>): Promise<ServiceCheck> {
  const { promise: late, resolve } = Promise.withResolvers<ServiceCheck>();
  const timer = setTimeout(() => resolve(DOWN), SERVICE_TIMEOUT_MS);
  try {
    const { status, dependencies } = await Promise.race([check, late]);
    return { status, dependencies: { ...dependencies } };
  } finally {
    clearTimeout(timer);
  }
}
