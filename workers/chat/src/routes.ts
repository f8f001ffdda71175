import type { ServiceRoute } from "@crescendai/worker-kit";
import { createSessionHandler } from "./handlers/create-session.ts";
import { deleteSessionHandler } from "./handlers/delete-session.ts";
import { followAnswerHandler } from "./handlers/follow-answer.ts";
import { getSessionHandler } from "./handlers/get-session.ts";
import { listSessionsHandler } from "./handlers/list-sessions.ts";
import { postChatHandler } from "./handlers/post-chat.ts";
import { stopTurnHandler } from "./handlers/stop-turn.ts";

export const routes: readonly ServiceRoute<ChatEnv>[] = [
  { method: "POST", path: "/api/v1/chat", handler: postChatHandler },
  { method: "POST", path: "/api/v1/chat/sessions", handler: createSessionHandler },
  { method: "GET", path: "/api/v1/chat/sessions", handler: listSessionsHandler },
  { method: "GET", path: "/api/v1/chat/sessions/:session_id", handler: getSessionHandler },
  { method: "DELETE", path: "/api/v1/chat/sessions/:session_id", handler: deleteSessionHandler },
  { method: "GET", path: "/api/v1/chat/sessions/:session_id/stream", handler: followAnswerHandler },
  { method: "POST", path: "/api/v1/chat/sessions/:session_id/stop", handler: stopTurnHandler },
];
