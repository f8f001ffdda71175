import type { Caller } from "@crescendai/contracts";
import { callerHeaders } from "@crescendai/worker-kit";

/** A caller as the gateway would establish it. */
export function callerOf(userId: string): Caller {
  return {
    userId,
    role: "user",
    requestId: `test-${userId}`,
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  };
}

/** A request as the gateway hands it to a service on behalf of a user. */
export function requestOf(userId: string, path: string, init: RequestInit = {}): Request {
  const request = new Request(`https://mesh.test${path}`, init);
  for (const [name, value] of Object.entries(callerHeaders(callerOf(userId))))
    request.headers.set(name, value);
  return request;
}
