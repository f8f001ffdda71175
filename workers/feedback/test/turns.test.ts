import { env } from "cloudflare:workers";
import { openDatabase } from "@crescendai/worker-kit";
import { overriding } from "@crescendai/worker-testing/overriding";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { insertJob } from "../src/tables/analyses.ts";
import { takeTurn } from "../src/tables/turns.ts";
import { database, FAR_OFF, quiet } from "./support/jobs.ts";
import { migrateDatabases } from "./support/recordings.ts";
import { unwrap } from "./support/results.ts";

beforeAll(migrateDatabases);
beforeEach(async () => {
  await env.DB.exec("DELETE FROM analyses");
});

const BEGIN = Date.parse("2026-11-23T12:00:00.000Z");

/** An instant so many seconds after the beginning. */
function at(seconds: number): string {
  return new Date(BEGIN + seconds * 1000).toISOString();
}

/** A job of the user's that waits since so many seconds after the beginning. */
async function wait(user: string, since: number): Promise<string> {
  const id = crypto.randomUUID();
  unwrap(await database.write(insertJob(id, { id: crypto.randomUUID(), user_id: user }, at(since))));
  return id;
}

/** Whose turn it is, so many seconds after the beginning; null if nobody waits. */
async function next(now: number, ticket: string = crypto.randomUUID(), leaseUntil = FAR_OFF) {
  return unwrap(await takeTurn(database, ticket, crypto.randomUUID(), leaseUntil, at(now)));
}

async function order(turns: number, from: number): Promise<string[]> {
  const users: string[] = [];
  for (let turn = 0; turn < turns; turn += 1) users.push((await next(from + turn))?.user_id ?? "nobody");
  return users;
}

describe("whose turn it is", () => {
  test("goes round the users, whoever sent how many, and within a user by age", async () => {
    const first = await wait("anna", 0);
    for (let job = 1; job < 6; job += 1) await wait("anna", job / 10);
    await wait("ben", 1);
    await wait("ben", 1.1);
    await wait("carl", 2);
    const turn = await next(10);
    expect(turn).toMatchObject({ user_id: "anna", job_id: first, attempts: 1 });
    expect(await order(9, 11)).toEqual([
      "ben",
      "carl",
      "anna",
      "ben",
      "anna",
      "anna",
      "anna",
      "anna",
      "nobody",
    ]);
  });

  test("comes to one who begins to wait after at most one turn of each of the others", async () => {
    for (let job = 0; job < 30; job += 1) await wait("anna", 0);
    expect(await order(5, 10)).toEqual(["anna", "anna", "anna", "anna", "anna"]);
    await wait("ben", 14.5);
    expect(await order(3, 15)).toEqual(["anna", "ben", "anna"]);
  });

  test("can't be put off by a stream of newcomers", async () => {
    await wait("anna", 0);
    await wait("anna", 0);
    expect(await order(1, 1)).toEqual(["anna"]);
    for (let newcomer = 0; newcomer < 20; newcomer += 1) await wait(`newcomer-${newcomer}`, 2 + newcomer);
    expect(await order(1, 30)).toEqual(["anna"]);
  });

  /** A user who sends, or a turn. */
  const EVENTS = fc.array(
    fc.oneof(
      fc.constantFrom("anna", "ben", "carl", "dora").map((user) => ({ user })),
      fc.constant({ user: null }),
    ),
    { minLength: 1, maxLength: 40 },
  );

  test("comes to everybody: while a job is its user's oldest, no other user has two turns", async () => {
    await fc.assert(
      fc.asyncProperty(EVENTS, async (events) => {
        await env.DB.exec("DELETE FROM analyses");
        const waiting = new Map<string, number[]>();
        const turns: { user: string; time: number; headSince: number }[] = [];
        const heads = new Map<string, number>();
        const serve = async (time: number) => {
          const turn = await next(time);
          const user = turn?.user_id ?? null;
          if (user === null) {
            expect([...waiting.values()].flat()).toEqual([]);
            return;
          }
          turns.push({ user, time, headSince: heads.get(user) ?? 0 });
          waiting.get(user)?.shift();
          heads.set(user, time);
        };
        let time = 0;
        for (const { user } of events) {
          time += 1;
          if (user === null) {
            await serve(time);
            continue;
          }
          await wait(user, time);
          const jobs = waiting.get(user) ?? [];
          if (jobs.length === 0) heads.set(user, Math.max(time, heads.get(user) ?? 0));
          waiting.set(user, [...jobs, time]);
        }
        for (; [...waiting.values()].flat().length > 0; time += 1) await serve(time + 1);
        for (const { user, time: started, headSince } of turns) {
          const others = turns.filter((turn) => turn.time > headSince && turn.time < started);
          const counts = Map.groupBy(others, (turn) => turn.user);
          expect(counts.has(user)).toBe(false);
          for (const [, had] of counts) expect(had).toHaveLength(1);
        }
      }),
      { numRuns: 25, seed: 3 },
    );
  });
});

describe("a ticket", () => {
  test("stays with its job: delivered again it takes up that one, or none", async () => {
    const job = await wait("anna", 0);
    await wait("ben", 0.5);
    const ticket = crypto.randomUUID();
    expect(await next(1, ticket, at(5))).toMatchObject({ job_id: job });
    // Alive.
    expect(await next(4, ticket)).toBeNull();
    // Dead.
    expect(await next(6, ticket, at(10))).toMatchObject({ job_id: job, attempts: 2 });
    await env.DB.prepare("UPDATE analyses SET status = 'completed' WHERE job_id = ?").bind(job).run();
    expect(await next(20, ticket)).toBeNull();
    expect(await next(20)).toMatchObject({ user_id: "ben" });
  });

  test("delivered twice at once takes up one job", async () => {
    for (let job = 0; job < 5; job += 1) await wait("anna", job);
    const ticket = crypto.randomUUID();
    const turns = await Promise.all(Array.from({ length: 5 }, () => next(10, ticket)));
    expect(turns.filter((turn) => turn !== null)).toHaveLength(1);
  });

  test("of many at once, each takes up another job", async () => {
    for (let job = 0; job < 20; job += 1) await wait(`user-${job % 4}`, job);
    const turns = await Promise.all(Array.from({ length: 25 }, () => next(30)));
    const taken = turns.flatMap((turn) => (turn === null ? [] : [turn.job_id]));
    expect(taken).toHaveLength(20);
    expect(new Set(taken).size).toBe(20);
  });

  test("doesn't take up what another has handed back, but what a dead run left", async () => {
    const job = await wait("anna", 0);
    const ticket = crypto.randomUUID();
    await next(1, ticket);
    await env.DB.exec("UPDATE analyses SET status = 'pending', lease_until = NULL");
    expect(await next(2)).toBeNull();
    await env.DB.prepare("UPDATE analyses SET status = 'processing', lease_until = ?").bind(at(3)).run();
    expect(await next(4)).toMatchObject({ job_id: job });
    expect(await next(5, ticket)).toBeNull();
  });
});

test("choosing reads indexes only, however many wait", async () => {
  let statement = "";
  const prepare = (text: string) => {
    statement = text;
    return env.DB.prepare(text);
  };
  const watched = openDatabase(overriding(env.DB, { prepare }), quiet);
  await wait("anna", 0);
  unwrap(await takeTurn(watched, crypto.randomUUID(), crypto.randomUUID(), FAR_OFF, at(1)));
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${statement}`)
    .bind("ticket", "run", FAR_OFF, at(1))
    .all<{ detail: string }>();
  const steps = results
    .map(({ detail }) => detail)
    .filter((detail) => /^(SCAN|SEARCH) (analyses|had)/.test(detail));
  expect(steps.length).toBeGreaterThanOrEqual(4);
  for (const step of steps) expect(step).toMatch(/^SEARCH|COVERING INDEX analyses_waiting/);
});
