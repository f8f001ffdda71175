import { applyD1Migrations, createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { handleRequest } from "../../src/handle-request.ts";

/** Sends a request to the gateway as it runs, with the services beside it. */
export function call(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(new Request(`https://mesh.test${path}`, init));
}

/** Sends a request as a user of the local environment, where a caller's word is taken. */
export function callAs(userId: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("x-user-id", userId);
  return call(path, { ...init, headers });
}

/** Sends a request through a gateway that is configured otherwise, and waits for what it does after its answer. */
export async function callWith(
  changes: Partial<GatewayEnv>,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const execution = createExecutionContext();
  const request = new Request(`https://mesh.test${path}`, init);
  const answer = await handleRequest(request, { ...env, ...changes }, execution);
  await waitOnExecutionContext(execution);
  return answer;
}

export function jsonBody(method: string, body: unknown): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** Brings every database of the services up to date. */
export async function applyMigrations(): Promise<void> {
  await applyD1Migrations(env.DB_RECORDINGS, env.MIGRATIONS_RECORDINGS);
  await applyD1Migrations(env.DB_CONTEXT, env.MIGRATIONS_CONTEXT);
  await applyD1Migrations(env.DB_FEEDBACK, env.MIGRATIONS_FEEDBACK);
  await applyD1Migrations(env.DB_RAG, env.MIGRATIONS_RAG);
  await applyD1Migrations(env.DB_DEDALUS_ORCHESTRATOR, env.MIGRATIONS_DEDALUS_ORCHESTRATOR);
  await applyD1Migrations(env.DB_CHAT, env.MIGRATIONS_CHAT);
}
