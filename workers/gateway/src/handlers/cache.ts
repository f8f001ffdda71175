import { failed, InvalidateCachesSchema, ok } from "@crescendai/contracts";
import { jsonResponse, readJson } from "@crescendai/worker-kit";
import { cacheServices } from "../services.ts";
import type { OwnHandler } from "./own-handler.ts";

/** `POST /api/v1/admin/cache/invalidate`: has every service forget what these of its caches hold. */
export const invalidateCachesHandler: OwnHandler = async ({ env, request, caller, log }) => {
  if (caller === null) return failed({ code: "UNAUTHORIZED", message: "Say who you are." });
  const wanted = await readJson(request, InvalidateCachesSchema);
  if (!wanted.ok) return wanted;
  const answers = await Promise.all(
    cacheServices(env, log).map((service) => service.invalidateCaches(caller, wanted.value.caches)),
  );
  const fault = answers.find((answer) => !answer.ok);
  if (fault !== undefined && !fault.ok) return fault;
  const caches = answers.flatMap((answer) => (answer.ok ? answer.value : []));
  return ok(jsonResponse({ message: "These caches are empty within a minute.", caches }));
};
