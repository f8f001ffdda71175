import * as contracts from "@crescendai/contracts";
import { json, type Route } from "./route.ts";

/** What a player tells about themselves. */
export const contextRoutes: readonly Route[] = [
  {
    ...json,
    method: "GET",
    path: "/api/v1/context",
    service: "context",
    access: "user",
    rateCategory: "read",
    summary: "Your goals, constraints, repertoire, level and preferred style of feedback",
    answers: { 200: contracts.UserContextSchema },
  },
  {
    ...json,
    method: "PUT",
    path: "/api/v1/context",
    service: "context",
    access: "user",
    rateCategory: "write",
    summary: "Replace your context; what is left out goes back to its default",
    body: contracts.PutContextSchema,
    answers: { 200: contracts.PutContextAnswerSchema },
  },
];
