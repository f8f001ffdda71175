import { CALLER_HEADER, type Caller, CallerSchema, failed, type Result } from "@crescendai/contracts";
import { validate } from "./validate.ts";

/** The headers by which the gateway tells a service who is calling. */
export function callerHeaders(caller: Caller): Record<string, string> {
  return { [CALLER_HEADER]: JSON.stringify(caller) };
}

/**
 * Who is calling, as the gateway established it. A request without it, or with one that the gateway can't have
 * written, didn't come through the gateway, and gets UNAUTHORIZED: no service has an address of its own on the
 * internet, and none acts on its own guess.
 */
export function readCaller(request: Request): Result<Caller> {
  const caller = validate(CallerSchema, parsedHeader(request.headers.get(CALLER_HEADER)), "caller");
  return caller.ok
    ? caller
    : failed({ code: "UNAUTHORIZED", message: "This service is reached through the gateway only." });
}

function parsedHeader(header: string | null): unknown {
  try {
    return JSON.parse(header ?? "");
  } catch {
    return null;
  }
}
