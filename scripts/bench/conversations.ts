import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import * as v from "valibot";
import { startMesh } from "../local/mesh.ts";
import { ROOT } from "../local/workers.ts";
import { type Pace, questionFor } from "./completions/pace.ts";
import { type Heard, now, readAnswer } from "./completions/read-answer.ts";
import { uploadAndWait } from "./end-to-end.ts";
import { mark, summarise } from "./statistics.ts";

/** Milliseconds that we may take before the provider's first token, and for each token that is passed on. */
const FIRST_TARGET = 50;
const TOKEN_TARGET = 1;

/** Answers each way, in rounds that take turns. */
const ANSWERS = 80;
const ROUNDS = 4;
/** Players who take turns in asking: each may ask 30 times a minute. */
const PLAYERS = 5;
const AT_ONCE = 200;

/** An answer as models give it, one that comes as fast as it can be carried, and one of many at once. */
const STEADY: Pace = { firstMs: 20, words: 40, apartMs: 5 };
const BURST: Pace = { firstMs: 0, words: 400, apartMs: 0 };
const CROWDED: Pace = { firstMs: 200, words: 40, apartMs: 50 };

const SAMPLE = "petzold-minuet-in-g.wav";

type Ask = (turn: number, pace: Pace) => Promise<Heard>;

/**
 * What the whole way adds to an answer: through gateway, chat and orchestrator against the same provider asked directly, turn by
 * turn in one run, over HTTP both. The conversations are on an analysed recording, and grow. Then many at once.
 */
export async function benchConversations(stateFolder: string): Promise<void> {
  const provider = new Worker(new URL("./completions/provider.ts", import.meta.url));
  try {
    const [{ port }]: { port: number }[] = await once(provider, "message");
    const providerUrl = `http://127.0.0.1:${port}`;
    const { mesh, url } = await startMesh({
      host: "127.0.0.1",
      port: 0,
      stateFolder,
      environment: { DEDALUS_API_KEY: "any", DEDALUS_BASE_URL: providerUrl },
      log: () => undefined,
    });
    try {
      await benchAgainst(providerUrl, url);
    } finally {
      await mesh.dispose();
    }
  } finally {
    await provider.terminate();
  }
}

/** The same with a provider and a mesh that are there; `url` of the gateway. */
async function benchAgainst(providerUrl: string, url: URL): Promise<void> {
  console.log("\nStreamed answers through gateway, chat and orchestrator against the provider directly");
  const direct: Ask = (_turn, pace) => askProvider(providerUrl, pace);
  const sessions = await Promise.all(
    Array.from({ length: PLAYERS }, (_, player) => analysedSession(url, `bench-talker-${player}`)),
  );
  const through: Ask = (turn, pace) => {
    const session = sessions[turn % PLAYERS];
    if (session === undefined) throw new Error("there are no players");
    return askChat(url, session, pace);
  };
  report(STEADY, await compare(direct, through, STEADY, ANSWERS));
  report(BURST, await compare(direct, through, BURST, ANSWERS / 4));
  await benchCrowd(url, direct);
}

interface Compared {
  readonly direct: readonly Heard[];
  readonly through: readonly Heard[];
}

async function compare(direct: Ask, through: Ask, pace: Pace, answers: number): Promise<Compared> {
  const both: { direct: Heard[]; through: Heard[] } = { direct: [], through: [] };
  // One each for nothing, so that no start of a worker is in it.
  await direct(0, pace);
  await through(0, pace);
  for (let turn = 0; turn < answers; turn += 1) {
    const isThrough = Math.floor((turn * ROUNDS * 2) / answers) % 2 === 1;
    both[isThrough ? "through" : "direct"].push(await (isThrough ? through : direct)(turn, pace));
  }
  return both;
}

function report(pace: Pace, { direct, through }: Compared): void {
  const name = pace.apartMs > 0 ? `a word each ${pace.apartMs} ms` : `${pace.words} words at once`;
  const row = (way: string, answers: readonly Heard[]) => {
    const { p50, p95 } = summarise(answers.map(({ first }) => first));
    return (
      `  ${name.padEnd(18)} ${way.padEnd(8)} ${answers.length} answers   ` +
      `first word p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)} ms   ` +
      `on its way ${delayOf(answers).toFixed(2)} ms   between words ${perWordOf(answers).toFixed(3)} ms`
    );
  };
  console.log(row("direct", direct));
  console.log(row("through", through));
  const first = firstOf(through) - firstOf(direct);
  const onItsWay = delayOf(through) - delayOf(direct);
  const perWord = perWordOf(through) - perWordOf(direct);
  const verdict = (what: string, ours: number, target: number) =>
    console.log(`  ${mark(ours < target)} ours ${what} ${ours.toFixed(2)} ms (under ${target})`);
  verdict("before the first word", first, FIRST_TARGET);
  // Of words that come all at once, the later ones wait for those before.
  if (pace.apartMs > 0) verdict("on a word's way", onItsWay, TOKEN_TARGET);
  else verdict("for a word", perWord, TOKEN_TARGET);
}

function firstOf(answers: readonly Heard[]): number {
  return summarise(answers.map(({ first }) => first)).p50;
}

function delayOf(answers: readonly Heard[]): number {
  return summarise(answers.flatMap(({ delays }) => delays.slice(1))).p50;
}

function perWordOf(answers: readonly Heard[]): number {
  return summarise(answers.map(({ perWord }) => perWord)).p50;
}

/** Many answers at once, each to a player of its own: all must be whole. */
async function benchCrowd(url: URL, direct: Ask): Promise<void> {
  const sessions = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, player) => newSession(url, `bench-crowd-${player}`, {})),
  );
  const pace = CROWDED;
  const crowd = async (ask: Ask) => {
    const started = now();
    const heard = await Promise.all(sessions.map((_, turn) => ask(turn, pace)));
    const { p50, p95 } = summarise(heard.map(({ first }) => first));
    const seconds = ((now() - started) / 1000).toFixed(1);
    return `first word p50 ${p50.toFixed(0)}, p95 ${p95.toFixed(0)} ms, the last after ${seconds} s`;
  };
  console.log(`  ${AT_ONCE} at once, direct    ${await crowd(direct)}`);
  const through = await crowd((turn) => {
    const session = sessions[turn];
    if (session === undefined) throw new Error("there are no sessions");
    return askChat(url, session, pace);
  });
  console.log(`  ${AT_ONCE} at once, through   ${through}: all whole`);
}

interface Session {
  readonly user: string;
  readonly id: string;
}

async function analysedSession(url: URL, user: string): Promise<Session> {
  const bytes = new Uint8Array(readFileSync(join(ROOT, "samples", SAMPLE)));
  const recording_id = await uploadAndWait(url, user, { file: SAMPLE, type: "audio/wav" }, bytes);
  return await newSession(url, user, { recording_id });
}

async function newSession(url: URL, user: string, body: object): Promise<Session> {
  const answer = await post(new URL("/api/v1/chat/sessions", url), { "x-user-id": user }, body);
  const { session_id } = v.parse(v.object({ session_id: v.string() }), await answer.json());
  return { user, id: session_id };
}

async function askChat(url: URL, { user, id }: Session, pace: Pace): Promise<Heard> {
  const asked = now();
  const body = { session_id: id, content: questionFor(pace) };
  return await readAnswer(
    await post(new URL("/api/v1/chat", url), { "x-user-id": user }, body),
    asked,
    pace.words,
  );
}

async function askProvider(url: string, pace: Pace): Promise<Heard> {
  const asked = now();
  const body = { model: "m", messages: [{ role: "user", content: questionFor(pace) }], stream: true };
  return await readAnswer(await post(new URL("/v1/chat/completions", url), {}, body), asked, pace.words);
}

function post(url: URL, headers: Record<string, string>, body: object): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}
