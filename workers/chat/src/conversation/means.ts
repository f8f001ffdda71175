import type { Database, Logger } from "@crescendai/worker-kit";
import type { Services } from "../services.ts";

/** With what a question is answered, and a conversation kept. */
export interface Means {
  readonly database: Database;
  readonly services: Services;
  readonly log: Logger;
}
