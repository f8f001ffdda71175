import { hex } from "@crescendai/worker-kit";

/** The header that names a request, in and out. */
export const REQUEST_ID_HEADER = "x-request-id";

/** An id that others may choose: long enough to be one, harmless in a log line. */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9_.:-]{7,127}$/;

/** The caller's request id if it is well-formed, else a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get(REQUEST_ID_HEADER);
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}

/** W3C Trace Context, version 00; ids of zeros only are not valid. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

/** `traceparent` of what happens here: the caller's trace if it has a valid one, else a new one; always a new span. */
export function traceparentOf(headers: Headers): string {
  const [, traceId, flags] = TRACEPARENT.exec(headers.get("traceparent") ?? "") ?? [];
  return `00-${traceId ?? randomHex(32)}-${randomHex(16)}-${flags ?? "00"}`;
}

function randomHex(digits: number): string {
  return hex(crypto.getRandomValues(new Uint8Array(digits / 2)).buffer);
}
