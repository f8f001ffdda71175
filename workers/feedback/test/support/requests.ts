import { env } from "cloudflare:workers";
import { createServiceRouter } from "@crescendai/worker-kit";
import { requestOf } from "@crescendai/worker-testing/caller";
import * as v from "valibot";
import { routes } from "../../src/routes.ts";

const router = createServiceRouter("feedback", routes);

/** Asks the service's router with bindings of the test's choice. */
export function ask(
  userId: string,
  path: string,
  init: RequestInit = {},
  bindings: FeedbackEnv = env,
): Promise<Response> {
  return router(requestOf(userId, path, init), bindings);
}

export function post(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** The body of an answer, which must be of the contract's schema. */
export async function read<Schema extends v.GenericSchema>(
  answer: Response,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  return v.parse(schema, await answer.json());
}
