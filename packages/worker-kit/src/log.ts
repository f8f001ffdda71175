import type { Caller, ErrorCode } from "@crescendai/contracts";

/** What a line of the log may hold: a closed list, so that no key and no body finds its way in. */
export interface LogFields {
  readonly request_id?: string;
  readonly traceparent?: string;
  readonly user?: string;
  readonly method?: string;
  /** The route's pattern, never the path with its values. */
  readonly route?: string;
  readonly status?: number;
  /** Milliseconds. */
  readonly duration?: number;
  readonly code?: ErrorCode;
  /** What happened inside: a name and message of an error of ours or the platform's. */
  readonly cause?: string;
  readonly recording_id?: string;
  readonly job_id?: string;
  readonly document_id?: string;
  readonly count?: number;
  readonly attempt?: number;
}

/** Writes events to the log, each in a few fixed words; what differs stands in the fields. */
export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** A logger that writes one line of JSON per event, each with the service's name. */
export function createLogger(service: string, common: LogFields = {}): Logger {
  const line = (level: string, event: string, fields: LogFields) =>
    JSON.stringify({ level, service, event, ...common, ...fields });
  return {
    info: (event, fields = {}) => console.log(line("info", event, fields)),
    warn: (event, fields = {}) => console.warn(line("warn", event, fields)),
    error: (event, fields = {}) => console.error(line("error", event, fields)),
  };
}

/** The fields that say in whose request something happened. */
export function callerFields(caller: Caller): LogFields {
  return { request_id: caller.requestId, traceparent: caller.traceparent, user: caller.userId };
}

/** An exception as one line for the log: its name and message, and no more. */
export function describeCause(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
