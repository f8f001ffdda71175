import { failed, ok, type RemoteAnalysis, RemoteAnalysisSchema, type Result } from "@crescendai/contracts";
import { parseJson, validate } from "@crescendai/worker-kit";
import type { RemoteFailure } from "./failure.ts";

/** Largest answer that is read, in bytes after decompression: several times what the protocol needs. */
export const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Reads the answer of a request that succeeded: JSON of the protocol's schema, and not too much of it. Rejects where the
 * connection breaks or `signal` is raised.
 */
export async function readAnswer(
  response: Response,
  signal: AbortSignal,
): Promise<Result<RemoteAnalysis, RemoteFailure>> {
  const type = response.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") return await unusable(response, "the answer is not application/json");
  const bytes = await readBounded(response, signal);
  if (bytes === null) return unusable(response, `the answer is longer than ${MAX_ANSWER_BYTES} bytes`);
  const json = parseJson(bytes, "answer");
  if (!json.ok) return unusable(response, json.error.message);
  const answer = validate(RemoteAnalysisSchema, json.value, "answer");
  if (answer.ok) return ok(answer.value);
  // Which member it is, and not what it holds: that came over the wire.
  const fields = answer.error.errors?.map(({ path }) => path).slice(0, 3) ?? [];
  return unusable(response, `the answer is not of the protocol's schema (${fields.join(", ")})`);
}

/** The bytes of a body, or null if there are too many. */
async function readBounded(response: Response, signal: AbortSignal): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  const stop = () => {
    reader.cancel().catch(() => undefined);
  };
  signal.addEventListener("abort", stop);
  try {
    const bytes = new Uint8Array(MAX_ANSWER_BYTES);
    let length = 0;
    for (;;) {
      const { value, done } = await reader.read();
      signal.throwIfAborted();
      if (done) return bytes.subarray(0, length);
      if (length + value.length > bytes.length) {
        stop();
        return null;
      }
      bytes.set(value, length);
      length += value.length;
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

async function unusable(response: Response, reason: string): Promise<Result<never, RemoteFailure>> {
  if (response.body !== null && !response.bodyUsed) await response.body.cancel().catch(() => undefined);
  return failed({ kind: "unusable", reason });
}
