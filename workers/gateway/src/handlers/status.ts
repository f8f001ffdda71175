import { ok } from "@crescendai/contracts";
import { jsonResponse } from "@crescendai/worker-kit";
import { flushMetrics, metricsObject } from "../pipeline/metrics.ts";
import type { OwnHandler } from "./own-handler.ts";

/** `GET /api/status`: what the gateway has counted, this instance's newest requests included. */
export const statusHandler: OwnHandler = async ({ env }) => {
  await flushMetrics(env);
  return ok(jsonResponse(await metricsObject(env).read()));
};
