import type { ServiceError } from "@crescendai/contracts";
import { CIRCUIT_POLICY } from "../policy.ts";
import type { DispensableParameter } from "./request-body.ts";

/**
 * Why the provider didn't answer:
 * `rate_limited` it wants fewer requests;
 * `unavailable` it can't be reached, says that it can't just now, or the connection broke;
 * `timed_out` it was silent for too long;
 * `malformed` what it sent isn't an answer: broken JSON, cut short, empty, or ended in a way that nobody knows;
 * `refused` it doesn't take this request of this model;
 * `withheld` its filter let nothing of the answer through;
 * `misconfigured` it doesn't take our key, or nobody pays for it;
 * `left_alone` every model has failed so often that none is asked;
 * `out_of_time` all attempts together took too long;
 * `cancelled` nobody wants the answer any more.
 */
export type FailureKind =
  | "rate_limited"
  | "unavailable"
  | "timed_out"
  | "malformed"
  | "refused"
  | "withheld"
  | "misconfigured"
  | "left_alone"
  | "out_of_time"
  | "cancelled";

/** Why a model gave no answer, or not all of one. */
export interface ProviderFailure {
  readonly kind: FailureKind;
  /** For the log: our own words, nothing of what came over the wire. */
  readonly reason: string;
  /** Milliseconds after which it asks to be asked again. */
  readonly retryAfterMs?: number;
  /** The parameter that a `refused` request is refused for. */
  readonly parameter?: DispensableParameter;
}

/** Failures that may be over in a moment: the same is asked again, and too many of them are held against the model. */
const PASSING: ReadonlySet<FailureKind> = new Set(["rate_limited", "unavailable", "timed_out", "malformed"]);

/** Whether the same request may succeed a little later. */
export function isPassing({ kind }: ProviderFailure): boolean {
  return PASSING.has(kind);
}

/** Whether another model may answer where this one didn't. */
export function isOfTheModel(failure: ProviderFailure): boolean {
  return isPassing(failure) || failure.kind === "refused" || failure.kind === "withheld";
}

/** What the caller is told. */
export function serviceErrorOf({ kind, retryAfterMs }: ProviderFailure): ServiceError {
  switch (kind) {
    case "rate_limited":
      return {
        code: "RATE_LIMIT_EXCEEDED",
        message: "The language model gets too many requests just now. Please try again in a moment.",
        retryAfter: Math.ceil((retryAfterMs ?? CIRCUIT_POLICY.openMs) / 1000),
      };
    case "left_alone":
      return {
        code: "SERVICE_UNAVAILABLE",
        message:
          "The language model has failed several times and is left alone. Please try again in a moment.",
        retryAfter: Math.ceil(CIRCUIT_POLICY.openMs / 1000),
      };
    case "misconfigured":
      return {
        code: "CONFIGURATION_ERROR",
        message: "The language model does not take this server's credentials. Its operator has to look.",
      };
    case "refused":
      return {
        code: "AI_SERVICE_ERROR",
        message: "The language model does not take this request. Please try a shorter or other one.",
      };
    case "withheld":
      return {
        code: "AI_SERVICE_ERROR",
        message: "The language model's filter withheld the answer. Please ask in other words.",
      };
    case "timed_out":
    case "out_of_time":
      return {
        code: "AI_SERVICE_ERROR",
        message: "The language model took too long. Please try again.",
      };
    case "malformed":
      return {
        code: "AI_SERVICE_ERROR",
        message: "The language model's answer was not complete. Please try again.",
      };
    case "unavailable":
    case "cancelled":
      return {
        code: "AI_SERVICE_ERROR",
        message: "The language model does not answer just now. Please try again.",
      };
  }
}
