import { CALLER_HEADER, type Caller } from "@crescendai/contracts";
import type { Miniflare } from "miniflare";
import type { AskLibrary } from "../seed/ask-library.ts";
import { type Seeded, seedLibrary } from "../seed/seed-library.ts";
import { scriptName } from "./mesh.ts";

/** In whose name the library is put in: the operator of the machine. */
const OPERATOR: Caller = {
  userId: "npm_start",
  role: "admin",
  requestId: "npm-start",
  traceparent: "00-00000000000000000000000000000001-0000000000000001-00",
};

/** Says to a service itself that the operator is asking. */
export function operatorHeaders(): Record<string, string> {
  return { [CALLER_HEADER]: JSON.stringify(OPERATOR) };
}

/** Asks the library of a mesh that runs here: the service itself, past all keys and limits. */
export async function askLocalLibrary(mesh: Miniflare): Promise<AskLibrary> {
  const rag = await mesh.getWorker(scriptName("rag"));
  return (path, { headers, ...init }) =>
    rag.fetch(`http://rag${path}`, {
      ...init,
      headers: { ...headers, ...operatorHeaders() },
    });
}

/** Brings the library of a mesh that runs here up to the repository's. */
export async function seedLocalLibrary(mesh: Miniflare): Promise<Seeded> {
  return await seedLibrary(await askLocalLibrary(mesh));
}
