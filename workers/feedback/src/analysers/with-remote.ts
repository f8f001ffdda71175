import { ok, type RemoteAnalysis, type Result, type StoredRecording } from "@crescendai/contracts";
import type { CircuitBreaker, Logger } from "@crescendai/worker-kit";
import type { Analyser, StoredAudio } from "./analyser.ts";
import { askRemote, type Surroundings } from "./remote/ask-remote.ts";
import type { RemoteConfiguration } from "./remote/configuration.ts";
import type { RemoteFailure } from "./remote/failure.ts";
import { type DimensionMapping, mergeAnalyses } from "./remote/merge.ts";

/** What an analyser that asks a remote one consists of. */
export interface RemoteTools {
  readonly configuration: RemoteConfiguration;
  readonly embedded: Analyser;
  readonly breaker: CircuitBreaker;
  readonly mapping: DimensionMapping;
  readonly surroundings: Surroundings;
  readonly log: Logger;
}

/** Milliseconds between signs of life while nothing but the remote answer is waited for. */
const SIGN_OF_LIFE_MS = 1000;

/** Share of the work that is done while only the remote answer is waited for. */
const WAITING_SHARE = 0.99;

/**
 * Listens inside the worker and has a remote model listen at the same time. What is measured, found and cut comes from
 * here; the perceptual scales come from the remote model if it answers, and from here if it doesn't. Only what is music
 * to our own ears is judged at all.
 */
export function withRemote(tools: RemoteTools): Analyser {
  return async (recording, audio, progressed) => {
    const cancel = new AbortController();
    const remote = consult(recording, audio, tools, cancel.signal);
    // Where the run ends before anybody looks at it.
    remote.catch(() => undefined);
    try {
      const heard = await tools.embedded(recording, audio, progressed);
      if (!heard.ok || heard.value.heard !== "music") return heard;
      const answer = await waitFor(remote, () => progressed(WAITING_SHARE), tools.surroundings);
      return answer === null ? heard : ok(mergeAnalyses(heard.value, answer, tools.mapping));
    } finally {
      cancel.abort();
    }
  };
}

/** The remote answer, or null; never worth failing for. */
async function consult(
  recording: StoredRecording,
  audio: StoredAudio,
  tools: RemoteTools,
  cancelled: AbortSignal,
): Promise<RemoteAnalysis | null> {
  const { breaker, configuration, surroundings, log } = tools;
  if (!(await breaker.allows(surroundings.now()))) {
    log.info("remote analyser left alone", { recording_id: recording.id });
    return null;
  }
  const answer = await askRemote(configuration, recording, audio, surroundings, cancelled);
  await note(answer, recording, tools);
  return answer.ok ? answer.value : null;
}

async function note(
  answer: Result<RemoteAnalysis, RemoteFailure>,
  { id }: StoredRecording,
  { breaker, surroundings, log }: RemoteTools,
): Promise<void> {
  if (answer.ok) return await breaker.ended(true, surroundings.now());
  const { kind, reason } = answer.error;
  if (kind === "cancelled") return;
  const isConfiguration = kind === "misconfigured";
  const event = isConfiguration ? "remote analyser not configured as it wants" : "remote analyser failed";
  const fields = { recording_id: id, cause: `${kind}: ${reason}` };
  if (isConfiguration) log.error(event, { ...fields, code: "CONFIGURATION_ERROR" });
  else log.warn(event, fields);
  // One who answers that this recording isn't for him is there.
  await breaker.ended(kind === "refused", surroundings.now());
}

/** What the remote side says in the end, with a sign of life now and then. */
async function waitFor(
  remote: Promise<RemoteAnalysis | null>,
  signOfLife: () => Promise<void>,
  { wait }: Surroundings,
): Promise<RemoteAnalysis | null> {
  const over = new AbortController();
  const answer = remote.catch(() => null).finally(() => over.abort());
  while (!over.signal.aborted) {
    await Promise.race([answer, wait(SIGN_OF_LIFE_MS, over.signal).catch(() => undefined)]);
    if (!over.signal.aborted) await signOfLife();
  }
  return await answer;
}
