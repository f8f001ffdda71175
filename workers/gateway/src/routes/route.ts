import type { RouteLike } from "@crescendai/worker-kit";
import type { GenericSchema } from "valibot";

/** Who answers a route: a service behind its binding, or the gateway itself. */
export type ServiceName = "gateway" | "upload" | "recordings" | "context" | "feedback" | "rag" | "chat";

/** Who may call: anybody, an identified user, an administrator. */
export type Access = "public" | "user" | "admin";

/** What a request counts as against the caller's limits; null: not against any (design §5). */
export type RateCategory = "upload" | "chat" | "feedback" | "write" | "read" | "administration";

/** Requests a minute that a user has in each category. */
export const RATE_LIMITS: Readonly<Record<RateCategory, number>> = {
  upload: 20,
  chat: 30,
  feedback: 30,
  write: 60,
  read: 300,
  // Administrators bring whole collections in, a document a request: faster than the library takes them.
  administration: 3000,
};

/** Largest JSON body, in bytes. */
const MAX_JSON_BYTES = 1024 * 1024;

/** A multipart form with a file, and JSON on it in a part named `metadata`. */
export interface FileForm {
  /** Name of the part that is the file. */
  readonly file: string;
  readonly metadata: GenericSchema;
  readonly metadataRequired: boolean;
}

/** A public route: where it leads, who may use it, within which limits, and what its documentation says. */
export interface Route extends RouteLike {
  readonly service: ServiceName;
  readonly access: Access;
  readonly rateCategory: RateCategory | null;
  /** Largest body, in bytes, counted as it arrives. */
  readonly maxBodyBytes: number;
  readonly summary: string;
  readonly params?: GenericSchema;
  readonly query?: GenericSchema;
  /** A JSON body. */
  readonly body?: GenericSchema;
  /** A form, instead of JSON or besides it. */
  readonly form?: FileForm;
  /** Answers by status; "audio", "document", "html" and "events" (server-sent events) are bytes of that kind. */
  readonly answers: Readonly<
    Record<number, GenericSchema | "audio" | "document" | "html" | "empty" | "json" | "events">
  >;
  /** Of an answer that may be something else too, if the client asks for it. */
  readonly alternative?: GenericSchema;
  /** Headers of the request that mean something here. */
  readonly requestHeaders?: readonly string[];
}

/** What every route has whose body is JSON, or that has none. */
export const json = { maxBodyBytes: MAX_JSON_BYTES } as const;
