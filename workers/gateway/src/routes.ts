import { chatRoutes } from "./routes/chat.ts";
import { contextRoutes } from "./routes/context.ts";
import { feedbackRoutes } from "./routes/feedback.ts";
import { knowledgeRoutes } from "./routes/knowledge.ts";
import { operationsRoutes } from "./routes/operations.ts";
import { recordingsRoutes } from "./routes/recordings.ts";
import type { Route } from "./routes/route.ts";
import { userDataRoutes } from "./routes/user-data.ts";

/**
 * The table of routes. Dispatch, authentication, limits, 404 and 405, the OpenAPI document and the API reference
 * are read from it: a route that isn't here doesn't exist.
 */
export const routes: readonly Route[] = [
  ...operationsRoutes,
  ...recordingsRoutes,
  ...contextRoutes,
  ...feedbackRoutes,
  ...chatRoutes,
  ...knowledgeRoutes,
  ...userDataRoutes,
];
