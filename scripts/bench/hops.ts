import type { Miniflare } from "miniflare";
import { scriptName } from "../local/mesh.ts";
import { measure, type Summary, summarise } from "./statistics.ts";

/** Requests of each kind; the read limit of a user is 300 a minute, so they are spread over users. */
const REQUESTS = 2000;
const USERS = 20;

/**
 * What the way through the gateway costs: `GET /api/v1/context` through the gateway against the same service
 * called directly, over HTTP both, turn by turn in one run.
 */
export async function benchHops(mesh: Miniflare): Promise<void> {
  const gateway = await mesh.unsafeGetDirectURL(scriptName("gateway"));
  const direct = await mesh.unsafeGetDirectURL(scriptName("context"));
  const path = "/api/v1/context";
  const throughGateway = (turn: number) => get(new URL(path, gateway), { "x-user-id": userOf(turn) });
  const directly = (turn: number) => get(new URL(path, direct), { "x-crescendai-caller": callerOf(turn) });
  await measure(200, 1, throughGateway);
  await measure(200, 1, directly);
  for (const concurrency of [1, 16]) {
    const both: { gateway: number[]; direct: number[] } = { gateway: [], direct: [] };
    for (let round = 0; round < 4; round += 1) {
      both.gateway.push(...(await measure(REQUESTS / 8, concurrency, throughGateway)));
      both.direct.push(...(await measure(REQUESTS / 8, concurrency, directly)));
    }
    report(concurrency, summarise(both.gateway), summarise(both.direct));
  }
}

function report(concurrency: number, gateway: Summary, direct: Summary): void {
  const row = (name: string, { count, p50, p95, p99 }: Summary) =>
    `  ${name.padEnd(16)} ${count} requests   p50 ${p50.toFixed(2)}   p95 ${p95.toFixed(2)}   p99 ${p99.toFixed(2)} ms`;
  console.log(`\nGET /api/v1/context, ${concurrency} at once`);
  console.log(row("direct", direct));
  console.log(row("through gateway", gateway));
  console.log(
    `  ratio of medians ${(gateway.p50 / direct.p50).toFixed(2)}, difference ${(gateway.p50 - direct.p50).toFixed(2)} ms`,
  );
}

async function get(url: URL, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url.pathname} answered ${answer.status}`);
}

function userOf(turn: number): string {
  return `bench-${turn % USERS}`;
}

function callerOf(turn: number): string {
  return JSON.stringify({ userId: userOf(turn), role: "user", requestId: `bench-${turn}`, traceparent: "" });
}
