import { env } from "cloudflare:workers";
import type { RecordingStatus } from "@crescendai/contracts";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { keepRecording } from "./support/rows.ts";
import { ask, list, migrate, recordingsOn } from "./support/service.ts";

beforeAll(migrate);

const STATUSES = ["uploaded", "analyzing", "completed", "failed"] as const;
const status = fc.constantFrom(...STATUSES);
const which = fc.nat(9);

type Act =
  | { readonly act: "upload"; readonly status: RecordingStatus }
  | { readonly act: "status"; readonly which: number; readonly status: RecordingStatus }
  | { readonly act: "delete" | "finish"; readonly which: number };

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ act: fc.constant("upload" as const), status }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant("status" as const), which, status }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constantFrom("delete" as const, "finish" as const), which }),
    },
  ),
  { maxLength: 20 },
);

/** Status of each recording that the user still sees, by its id. */
type Model = Map<string, RecordingStatus>;

async function perform(user: string, act: Act, ids: string[], model: Model): Promise<void> {
  if (act.act === "upload") {
    const { id } = await keepRecording(user, { status: act.status });
    ids.push(id);
    model.set(id, act.status);
    return;
  }
  const id = ids[act.which % Math.max(ids.length, 1)];
  if (id === undefined) return;
  if (act.act === "status") {
    await recordingsOn().setStatus(id, act.status);
    if (model.has(id)) model.set(id, act.status);
  } else if (act.act === "delete") {
    await ask(user, `/api/v1/recordings/${id}`, { method: "DELETE" });
    model.delete(id);
  } else {
    await recordingsOn().finishDeletion(id);
  }
}

async function countedRows(user: string): Promise<Record<string, number>> {
  const { results } = await env.DB.prepare(
    `SELECT status, COUNT(*) AS rows FROM recordings WHERE user_id = ? AND deleted_at IS NULL GROUP BY status`,
  )
    .bind(user)
    .all<{ status: string; rows: number }>();
  return Object.fromEntries(results.map(({ status, rows }) => [status, rows]));
}

describe("the total of a list", () => {
  it("is the number of rows, after any uploads, analyses and deletions, of each status and in all", async () => {
    let users = 0;
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        users += 1;
        const [user, bystander] = [`counted-${users}`, `bystander-${users}`];
        await keepRecording(bystander);
        const ids: string[] = [];
        const model: Model = new Map();
        for (const act of sequence) await perform(user, act, ids, model);

        expect((await list(user, { limit: "100" })).total).toBe(model.size);
        expect(Object.values(await countedRows(user)).reduce((sum, rows) => sum + rows, 0)).toBe(model.size);
        for (const each of STATUSES) {
          const wanted = [...model.values()].filter((value) => value === each).length;
          const { recordings, total } = await list(user, { status: each });
          expect(recordings).toHaveLength(wanted);
          expect(total).toBe(wanted);
        }
        expect((await list(bystander)).total).toBe(1);
      }),
      { seed: 5, numRuns: 25 },
    );
  });

  it("survives an erased user, and starts again from nothing", async () => {
    await keepRecording("returns");
    const caller = { userId: "returns", role: "user", requestId: "r", traceparent: "" } as const;
    await recordingsOn().eraseUser(caller);
    expect((await list("returns")).total).toBe(0);
    await keepRecording("returns");
    expect((await list("returns")).total).toBe(1);
  });
});
