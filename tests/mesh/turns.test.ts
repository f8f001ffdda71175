import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { recordingsOf, uploadAs } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { feedbackDatabase } from "../support/storage.ts";
import { struckNotes, wavFile } from "../support/wav.ts";

/*
 * Many recordings of many users at once. How long a user waits is stated as what the order guarantees: from when a
 * recording is the oldest of its user's that wait, every other user has at most one turn before it.
 */

const USERS = Array.from({ length: 10 }, (_, user) => `player-${user}`);
const TAKES_EACH = 3;

/** Milliseconds between looks at the database, and of all of them: a guard against hanging, on a busy machine too. */
const LOOKS = { interval: 50, timeout: 200_000 };

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

/** Six seconds of sound, unlike those of any other `seed`. */
function take(seed: number): Uint8Array<ArrayBuffer> {
  return wavFile(struckNotes(10, 0.5, 22_050, 200 + seed));
}

/** Waits until so many recordings of the users have been listened to. */
async function waitForAll(users: readonly string[], recordings: number): Promise<void> {
  const database = await feedbackDatabase(mesh);
  const ended = database.prepare(
    `SELECT COUNT(*) AS ended FROM analyses
     WHERE status IN ('completed', 'failed') AND user_id IN (SELECT value FROM json_each(?))`,
  );
  await vi.waitFor(
    async () => expect(await ended.bind(JSON.stringify(users)).first("ended")).toBe(recordings),
    LOOKS,
  );
}

interface Turn {
  readonly user: string;
  readonly attempts: number;
  readonly status: string;
  readonly waitingSince: number;
  readonly startedAt: number;
}

/** Every turn there was, in order. */
async function turns(): Promise<Turn[]> {
  const { results } = await (await feedbackDatabase(mesh))
    .prepare("SELECT user_id, attempts, status, waiting_since, started_at FROM analyses ORDER BY started_at")
    .bind()
    .all();
  return results.map((row) => ({
    user: String(row["user_id"]),
    attempts: Number(row["attempts"]),
    status: String(row["status"]),
    waitingSince: Date.parse(String(row["waiting_since"])),
    startedAt: Date.parse(String(row["started_at"])),
  }));
}

/** Turns of each other user that a recording had to wait for while it was the oldest of its user's. */
function turnsBefore(turn: Turn, all: readonly Turn[]): Map<string, Turn[]> {
  const previous = all.filter((other) => other.user === turn.user && other.startedAt < turn.startedAt);
  const oldestSince = Math.max(turn.waitingSince, ...previous.map(({ startedAt }) => startedAt));
  const meanwhile = all.filter(
    (other) => other.user !== turn.user && other.startedAt > oldestSince && other.startedAt < turn.startedAt,
  );
  return Map.groupBy(meanwhile, ({ user }) => user);
}

describe("30 recordings of ten users at once", { timeout: 240_000 }, () => {
  it("are all listened to, each once, and in turn", async () => {
    const takes = USERS.flatMap((user, index) =>
      Array.from({ length: TAKES_EACH }, (_, number) => ({ user, seed: index * TAKES_EACH + number })),
    );
    await Promise.all(takes.map(({ user, seed }) => uploadAs(mesh, user, take(seed))));
    await waitForAll(USERS, USERS.length * TAKES_EACH);
    const all = await turns();
    expect(all).toHaveLength(takes.length);
    for (const turn of all) {
      expect(turn).toMatchObject({ status: "completed", attempts: 1 });
      for (const [, had] of turnsBefore(turn, all)) expect(had).toHaveLength(1);
    }
    for (const user of USERS) {
      const statuses = (await recordingsOf(mesh, user)).map(({ status }) => status);
      expect(statuses).toEqual(Array.from({ length: TAKES_EACH }, () => "completed"));
    }
  });

  it("of whom one sends many and another a single one: that one waits for one other recording at most", async () => {
    const [many, single] = ["sends-many", "sends-one"];
    await Promise.all(Array.from({ length: 12 }, (_, number) => uploadAs(mesh, many, take(100 + number))));
    await uploadAs(mesh, single, take(200));
    await waitForAll([single], 1);
    const all = await turns();
    const [turn] = all.filter(({ user }) => user === single);
    if (turn === undefined) throw new Error("no turn of the single one");
    expect(turnsBefore(turn, all).get(many)?.length ?? 0).toBeLessThanOrEqual(1);
    await waitForAll([many], 12);
  });
});
