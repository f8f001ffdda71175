import * as contracts from "@crescendai/contracts";
import { json, type Route } from "./route.ts";

/** What is held on a user, and its erasure. */
export const userDataRoutes: readonly Route[] = [
  {
    ...json,
    method: "GET",
    path: "/api/v1/audit",
    service: "gateway",
    access: "user",
    rateCategory: "read",
    summary: "The audit log: who wrote, deleted or read what of yours; an administrator may name a user",
    query: contracts.AuditQuerySchema,
    answers: { 200: contracts.AuditLogSchema },
  },
  {
    ...json,
    method: "GET",
    path: "/api/v1/me/export",
    service: "gateway",
    access: "user",
    rateCategory: "write",
    summary: "Everything held on you",
    answers: { 200: contracts.UserExportSchema },
  },
  {
    ...json,
    method: "DELETE",
    path: "/api/v1/me",
    service: "gateway",
    access: "user",
    rateCategory: "write",
    summary: "Erase everything held on you, everywhere",
    answers: { 200: contracts.UserErasedSchema },
  },
];
