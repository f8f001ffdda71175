import { env } from "cloudflare:workers";
import type { AnalysisRequested } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";

/** A method of a service that isn't reachable. */
export async function unreachable(): Promise<never> {
  throw new Error("the service is not reachable");
}

/** The real bindings with a queue that keeps what is sent, so that a test delivers it when it wants. */
export function withHeldQueue(): { bindings: FeedbackEnv; sent: AnalysisRequested[] } {
  const sent: AnalysisRequested[] = [];
  const send = async (message: AnalysisRequested) => {
    sent.push(message);
  };
  return { bindings: { ...env, ANALYSIS_QUEUE: overriding(env.ANALYSIS_QUEUE, { send }) }, sent };
}
