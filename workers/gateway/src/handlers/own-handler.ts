import type { Caller, Result } from "@crescendai/contracts";
import type { Logger } from "@crescendai/worker-kit";

/** What a handler of the gateway's own routes gets. `caller` is null on public routes. */
export interface OwnContext {
  readonly env: GatewayEnv;
  /** Its body is limited to what the route allows. */
  readonly request: Request;
  readonly caller: Caller | null;
  readonly query: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/** Answers a route that the gateway serves itself. */
export type OwnHandler = (context: OwnContext) => Promise<Result<Response>>;
