import { failed, ok } from "@crescendai/contracts";
import { jsonResponse, timestamp } from "@crescendai/worker-kit";
import { userDataServices } from "../services.ts";
import type { OwnHandler } from "./own-handler.ts";

/** `GET /api/v1/me/export`: everything that every service holds on the caller. */
export const exportHandler: OwnHandler = async ({ env, caller, log }) => {
  if (caller === null) return failed({ code: "UNAUTHORIZED", message: "Say who you are." });
  const services: Record<string, unknown> = {};
  for (const [name, service] of Object.entries(userDataServices(env, log))) {
    const held = await service.exportUser(caller);
    if (!held.ok) return held;
    services[name] = held.value;
  }
  return ok(
    jsonResponse({ user_id: caller.userId, exported_at: timestamp(Date.now()), services }, 200, {
      "content-disposition": 'attachment; filename="crescendai-export.json"',
    }),
  );
};

/** `DELETE /api/v1/me`: erases the caller everywhere; called again after a fault, it goes on where it stopped. */
export const eraseHandler: OwnHandler = async ({ env, caller, log }) => {
  if (caller === null) return failed({ code: "UNAUTHORIZED", message: "Say who you are." });
  for (const service of Object.values(userDataServices(env, log))) {
    const erased = await service.eraseUser(caller);
    if (!erased.ok) return erased;
  }
  return ok(jsonResponse({ message: "Everything held on you is erased.", user_id: caller.userId }));
};
