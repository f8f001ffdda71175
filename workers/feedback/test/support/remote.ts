import type { StoredRecording } from "@crescendai/contracts";
import type { StoredAudio } from "../../src/analysers/analyser.ts";
import type { Surroundings } from "../../src/analysers/remote/ask-remote.ts";
import type { RemoteConfiguration } from "../../src/analysers/remote/configuration.ts";
import { REMOTE_ANSWER } from "./analyses.ts";

export const NOW = Date.parse("2026-11-23T12:00:00.000Z");

/** Milliseconds that a recording may take where nothing is to take long. */
const PATIENT_MS = 20_000;

/** Milliseconds that a recording may take where the other side is to take too long. */
export const IMPATIENT_MS = 40;

export function configured(budgetMs = PATIENT_MS): RemoteConfiguration {
  return { url: new URL("https://analyser.test/v1/analyse"), token: "a-secret", budgetMs };
}

export const RECORDING: StoredRecording = {
  id: "0b6ce0f5-5b5c-4f3a-9d7e-2f6c3f1d2a4b",
  user_id: "alice",
  object_key: "recordings/alice/0b6ce0f5-5b5c-4f3a-9d7e-2f6c3f1d2a4b.wav",
  filename: "take.wav",
  file_size: 5,
  duration: 12.5,
  mime_type: "audio/wav",
  sha256: "0".repeat(64),
  status: "analyzing",
  created_at: "2026-11-23T12:00:00.000Z",
  updated_at: "2026-11-23T12:00:00.000Z",
};

export const BYTES = Uint8Array.of(1, 2, 3, 4, 5);

export const AUDIO: StoredAudio = {
  size: BYTES.length,
  read: async (offset, length) => BYTES.subarray(offset, offset + length),
  stream: async () => new Blob([BYTES]).stream(),
};

/** One answer of the other side; rejects for a connection that breaks. */
export type Reply = (init: RequestInit) => Response | Promise<Response>;

/** The other side, whose answers come one after the other, the last for ever; and a clock that nobody waits for. */
export function otherSide(...replies: readonly Reply[]) {
  const requests: { readonly url: string; readonly init: RequestInit }[] = [];
  const waits: number[] = [];
  const surroundings: Surroundings = {
    fetch: async (url, init) => {
      requests.push({ url: url.href, init });
      const reply = replies[Math.min(requests.length, replies.length) - 1];
      if (reply === undefined) throw new Error("nobody is there");
      return await reply(init);
    },
    wait: async (milliseconds, signal) => {
      signal.throwIfAborted();
      waits.push(milliseconds);
      // A turn of the event loop, so that waiting in a loop holds up nobody.
      await scheduler.wait(0);
    },
    random: () => 1,
    now: () => NOW,
  };
  return { surroundings, requests, waits };
}

const JSON_TYPE = { "content-type": "application/json" };

/** An answer in order, or a body of the test's choice in its place. */
export function says(body: unknown = REMOTE_ANSWER, headers: Record<string, string> = JSON_TYPE): Reply {
  return () => new Response(typeof body === "string" ? body : JSON.stringify(body), { headers });
}

export function status(code: number, headers: Record<string, string> = {}): Reply {
  return () => new Response("no", { status: code, headers });
}

export const breaksConnection: Reply = () => {
  throw new TypeError("Network connection lost.");
};

/** Never answers, as far as the signal lets it. */
export const hangs: Reply = () => new Promise(() => undefined);

/** Begins an answer, and sends a byte whenever it is asked for one, or nothing more. */
export function streams(
  next: ((sent: number) => Uint8Array | null) | "nothing",
  onCancel?: () => void,
): Reply {
  return () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (next === "nothing") return await new Promise(() => undefined);
        await scheduler.wait(1);
        const bytes = next(sent);
        sent += 1;
        if (bytes === null) controller.error(new Error("Network connection lost."));
        else controller.enqueue(bytes);
      },
      cancel: () => onCancel?.(),
    });
    return new Response(body, { headers: JSON_TYPE });
  };
}
