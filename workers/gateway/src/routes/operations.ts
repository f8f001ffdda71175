import * as contracts from "@crescendai/contracts";
import { json, type Route } from "./route.ts";

function health(path: string): Route {
  return {
    ...json,
    method: "GET",
    path,
    service: "gateway",
    access: "public",
    rateCategory: null,
    summary: "Whether every service answers, and which one doesn't",
    answers: { 200: contracts.HealthSchema, 503: contracts.HealthSchema },
  };
}

/** How the server is: health, figures, its own description, caches. */
export const operationsRoutes: readonly Route[] = [
  health("/health"),
  health("/api/health"),
  health("/api/v1/health"),
  {
    ...json,
    method: "GET",
    path: "/api/status",
    service: "gateway",
    access: "user",
    rateCategory: "read",
    summary: "Errors by code, requests and latencies by route, hits and misses by cache",
    answers: { 200: contracts.StatusSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/openapi.json",
    service: "gateway",
    access: "public",
    rateCategory: null,
    summary: "This interface as an OpenAPI 3.1 document",
    answers: { 200: "json" },
  },
  {
    ...json,
    method: "GET",
    path: "/docs",
    service: "gateway",
    access: "public",
    rateCategory: null,
    summary: "This interface as a page to read",
    answers: { 200: "html" },
  },
  {
    ...json,
    method: "POST",
    path: "/api/v1/admin/cache/invalidate",
    service: "gateway",
    access: "admin",
    rateCategory: "administration",
    summary: "Forget what caches hold: all of them, or those named",
    body: contracts.InvalidateCachesSchema,
    answers: { 200: contracts.CachesInvalidatedSchema },
  },
];
