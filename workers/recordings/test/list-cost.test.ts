import { env } from "cloudflare:workers";
import { RECORDING_SORT_COLUMNS } from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import { beforeAll, describe, expect, it } from "vitest";
import { ask, migrate } from "./support/service.ts";

const ROWS = 100_000;

/** Most rows that a page of 20 may read, its total included: 20 of the list, one for each status of the total. */
const MAX_ROWS_READ = 40;

/** A statement that the service ran, with what it cost. */
interface Run {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly rowsRead: number;
}

/** The database itself, which writes down every statement that is read with it. */
function metered(runs: Run[]): D1Database {
  return overriding(env.DB, {
    prepare: (sql: string) => {
      const statement = env.DB.prepare(sql);
      return overriding(statement, {
        bind: (...values: unknown[]) => {
          const bound = statement.bind(...values);
          return overriding(bound, {
            all: async () => {
              const answer = await bound.all();
              runs.push({ sql, values, rowsRead: answer.meta.rows_read });
              return answer;
            },
          });
        },
      });
    },
  });
}

/** The statements that a list runs. */
async function runsOf(query: string): Promise<Run[]> {
  const runs: Run[] = [];
  const bindings = { AUDIO: env.AUDIO, DB: metered(runs) };
  const answer = await ask("collector", `/api/v1/recordings?${query}`, {}, bindings);
  expect(answer.status).toBe(200);
  expect(runs).toHaveLength(2);
  return runs;
}

const rowsRead = (runs: readonly Run[]) => runs.reduce((sum, run) => sum + run.rowsRead, 0);

async function planOf({ sql, values }: Run): Promise<string> {
  const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  return plan.results.map(({ detail }) => detail).join("; ");
}

/** A collector of 100,000 recordings over ten months, in all statuses, among others who have some too. */
beforeAll(async () => {
  await migrate();
  await env.DB.prepare(
    `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1)
     INSERT INTO recordings (id, user_id, filename, file_size, duration, mime_type, sha256, object_key, status,
                             created_at, updated_at)
     SELECT printf('%08x-0000-4000-8000-%012x', n, n),
            CASE WHEN n % 50 = 49 THEN 'other-' || (n % 7) ELSE 'collector' END,
            printf('take %05d.wav', (n * 7919) % 100003), 1000 + (n * 104729) % 1000003, 1 + (n * 31) % 600,
            'audio/wav', printf('%064x', n), 'recordings/' || n,
            CASE n % 10 WHEN 0 THEN 'failed' WHEN 1 THEN 'analyzing' WHEN 2 THEN 'uploaded' ELSE 'completed' END,
            strftime('%Y-%m-%dT%H:%M:%fZ', 1767225600 + n * 250, 'unixepoch'),
            strftime('%Y-%m-%dT%H:%M:%fZ', 1767225600 + n * 250 + (n * 17) % 5000, 'unixepoch')
     FROM numbers`,
  )
    .bind(Math.ceil((ROWS * 50) / 49))
    .run();
  const { total } = (await env.DB.prepare(
    "SELECT COUNT(*) AS total FROM recordings WHERE user_id = 'collector'",
  ).first<{
    total: number;
  }>()) ?? { total: 0 };
  expect(total).toBeGreaterThanOrEqual(ROWS);
}, 30_000);

describe("a list of 20 from 100,000 recordings", () => {
  const orders = RECORDING_SORT_COLUMNS.flatMap((column) => [
    [column, "desc"] as const,
    [column, "asc"] as const,
  ]);

  it.each(orders)("reads a handful of rows, sorted by %s %s, its total included", async (column, order) => {
    const [page, total] = await runsOf(`sort_by=${column}&order=${order}&limit=20`);
    if (page === undefined || total === undefined) throw new Error("a page and a total are read");
    console.log(`rows_read, ${column} ${order}: page ${page.rowsRead}, total ${total.rowsRead}`);
    expect(page.rowsRead).toBeGreaterThanOrEqual(20);
    expect(page.rowsRead + total.rowsRead).toBeLessThanOrEqual(MAX_ROWS_READ);
    expect(await planOf(page)).toContain(`USING INDEX recordings_by_${column} (user_id=?)`);
    expect(await planOf(page)).not.toContain("TEMP B-TREE");
    expect(await planOf(total)).toMatch(/^SEARCH recording_counts USING PRIMARY KEY \(user_id=\?\)$/);
  });

  it.each(["uploaded", "failed"])("of the status %s reads a handful of rows", async (status) => {
    const runs = await runsOf(`status=${status}&limit=20`);
    console.log(`rows_read, status ${status}: ${rowsRead(runs)}`);
    expect(rowsRead(runs)).toBeLessThanOrEqual(MAX_ROWS_READ);
    const [page] = runs;
    expect(page && (await planOf(page))).toContain(
      "USING INDEX recordings_by_status (user_id=? AND status=?)",
    );
  });

  it("within a day reads that day and no more", async () => {
    const runs = await runsOf("date_from=2026-05-01&date_to=2026-05-01&limit=20");
    console.log(`rows_read, one day: ${rowsRead(runs)}`);
    // A recording every 250 s: at most 346 a day, read once for the total; the page stops after 20.
    expect(rowsRead(runs)).toBeLessThanOrEqual(346 + MAX_ROWS_READ);
    for (const run of runs)
      expect(await planOf(run)).toMatch(
        /recordings_by_created_at \(user_id=\? AND created_at>\? AND created_at<\?\)/,
      );
  });
});

describe("reading one of 100,000 recordings", () => {
  it("reads one row", async () => {
    const runs: Run[] = [];
    const id = "00000000-0000-4000-8000-000000000000";
    const answer = await ask(
      "collector",
      `/api/v1/recordings/${id}`,
      {},
      { AUDIO: env.AUDIO, DB: metered(runs) },
    );
    expect(answer.status).toBe(200);
    expect(rowsRead(runs)).toBeLessThanOrEqual(2);
  });
});
