// `npm run live-check`: one conversation with the real language model, through the mesh as `npm start` runs it, and what came
// back. Needs DEDALUS_API_KEY in the environment, the internet, and a fraction of a cent.
import { rmSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEvents } from "./chat/read-events.ts";
import { startMesh } from "./local/mesh.ts";
import { migrate } from "./local/migrate.ts";
import { run } from "./local/run.ts";
import { ROOT } from "./local/workers.ts";

const AS_USER = { "x-user-id": "live-check" };

const SAMPLE = join(ROOT, "samples/petzold-minuet-in-g.wav");

/** Under which name it is sent: only a tool knows it, as the conversation isn't about a recording. */
const FILENAME = "lesson-4711.wav";

const QUESTION =
  "Which recordings have I sent you? Look them up with your tool, and repeat their file names.";

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
  await sendRecording(url);
  const session: unknown = await (await post(url, "/api/v1/chat/sessions", {})).json();
  console.log("session", session);
  const session_id = memberOf(session, "id");
  const started = performance.now();
  const answer = await post(url, "/api/v1/chat", { session_id, content: QUESTION });
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
  const rests = text.includes(FILENAME);
  console.log(`Tool calls: ${calls}. The answer ${rests ? "rests" : "does NOT rest"} on what the tool said.`);
  return calls > 0 && rests;
}

async function sendRecording(url: URL): Promise<void> {
  const bytes = await readFile(SAMPLE);
  const type = "audio/wav";
  const form = new FormData();
  form.append("metadata", JSON.stringify({ originalName: FILENAME, size: bytes.length, type }));
  form.append("audio", new Blob([new Uint8Array(bytes)], { type }), FILENAME);
  await expectSuccess(
    "upload",
    fetch(new URL("/api/v1/upload", url), { method: "POST", headers: AS_USER, body: form }),
  );
}

async function post(url: URL, path: string, body: unknown): Promise<Response> {
  const headers = { ...AS_USER, "content-type": "application/json" };
  return await expectSuccess(
    path,
    fetch(new URL(path, url), { method: "POST", headers, body: JSON.stringify(body) }),
  );
}

async function expectSuccess(what: string, asked: Promise<Response>): Promise<Response> {
  const answer = await asked;
  if (!answer.ok) throw new Error(`${what} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
