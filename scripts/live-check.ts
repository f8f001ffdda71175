// `npm run live-check`: one conversation with the real language model, through the mesh as `npm start` runs it, and what came
// back. Needs DEDALUS_API_KEY in the environment, the internet, and a fraction of a cent.
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEvents } from "./chat/read-events.ts";
import { startMesh } from "./local/mesh.ts";
import { migrate } from "./local/migrate.ts";
import { run } from "./local/run.ts";

const USER = "live-check";

/** Something that only the tool knows. */
const GOAL = "play Petzold's Minuet in G by heart on 12 May";

const QUESTION = "Which goal have I told you about? Look it up with your tool, and repeat its date.";

/** How the answer is known to rest on the tool. */
const PROOF = /12/;

if ((process.env["DEDALUS_API_KEY"] ?? "") === "") {
  console.error("Set DEDALUS_API_KEY to a key of Dedalus Labs, and run this again.");
  process.exit(2);
}

// An end from outside is an exit too, so that the runtime ends with us.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const stateFolder = await mkdtemp(join(tmpdir(), "crescendai-live-check-"));
try {
  await Promise.all([run("turbo", ["run", "build"]), migrate(stateFolder)]);
  const { mesh, url } = await startMesh({
    host: "127.0.0.1",
    port: 0,
    stateFolder,
    environment: process.env,
    log: (line) => console.error(line),
  });
  try {
    process.exitCode = (await converse(url)) ? 0 : 1;
  } finally {
    await mesh.dispose();
  }
} finally {
  rmSync(stateFolder, { recursive: true, force: true });
}

/** Has one conversation and prints its events; whether the model called a tool and answered with what it returned. */
async function converse(url: URL): Promise<boolean> {
  await send(url, "PUT", "/api/v1/context", { goals: GOAL });
  const session: unknown = await (await send(url, "POST", "/api/v1/chat/sessions", {})).json();
  console.log("session", session);
  const session_id = memberOf(session, "id");
  const started = performance.now();
  const answer = await send(url, "POST", "/api/v1/chat", { session_id, content: QUESTION });
  if (answer.body === null) throw new Error("the answer has no body");
  let text = "";
  let calls = 0;
  for await (const data of readEvents(answer.body)) {
    console.log(`${Math.round(performance.now() - started)} ms`.padStart(9), data);
    if (data === "[DONE]") continue;
    const event: unknown = JSON.parse(data);
    const type = memberOf(event, "type");
    if (type === "token") text += String(memberOf(event, "content"));
    if (type === "tool_call") calls += 1;
    if (type === "error") return false;
  }
  console.log(`\n${text}\n`);
  console.log(
    `Tool calls: ${calls}. The answer ${PROOF.test(text) ? "rests" : "does NOT rest"} on what the tool said.`,
  );
  return calls > 0 && PROOF.test(text);
}

async function send(url: URL, method: string, path: string, body: unknown): Promise<Response> {
  const answer = await fetch(new URL(path, url), {
    method,
    headers: { "content-type": "application/json", "x-user-id": USER },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
