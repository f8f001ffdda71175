import type {
  RECORDING_SORT_COLUMNS,
  Recording,
  RecordingStatus,
  StoredRecording,
} from "@crescendai/contracts";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { instantsOf } from "../src/list-query.ts";
import { insertRows, keepRecording, recordingOf } from "./support/rows.ts";
import { ask, list, migrate, problemOf } from "./support/service.ts";

beforeAll(migrate);

/** Every run of a property has users of its own. */
let users = 0;
function newUser(): string {
  users += 1;
  return `lister-${users}`;
}

const idsOf = (recordings: readonly { readonly id: string }[]) => recordings.map(({ id }) => id);

/** All pages of a list, one after the other; `between` runs before each page but the first. */
async function allPages(
  userId: string,
  query: Readonly<Record<string, string>>,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Recording[]> {
  const recordings: Recording[] = [];
  for (let page = 1; ; page += 1) {
    if (page > 1) await between();
    const answer = await list(userId, { ...query, page: String(page) });
    recordings.push(...answer.recordings);
    if (answer.recordings.length < answer.limit) return recordings;
  }
}

describe("the list of recordings", () => {
  it("is empty for somebody new", async () => {
    expect(await list(newUser())).toEqual({
      recordings: [],
      total: 0,
      page: 1,
      limit: 20,
      pagination: { page: 1, limit: 20, total: 0, total_pages: 0 },
    });
  });

  it("shows a user's own recordings only, newest first, without what is internal", async () => {
    const [user, other] = [newUser(), newUser()];
    const older = await keepRecording(user, { created_at: "2026-11-22T10:00:00.000Z" });
    const newer = await keepRecording(user, { created_at: "2026-11-23T10:00:00.000Z" });
    await keepRecording(other);
    const { recordings, total } = await list(user);
    expect(idsOf(recordings)).toEqual([newer.id, older.id]);
    expect(total).toBe(2);
    const { user_id: _user, object_key: _key, ...shown } = newer;
    expect(recordings[0]).toEqual(shown);
  });

  it("comes in pages of the size that was asked for, and an empty one past the end", async () => {
    const user = newUser();
    await insertRows(await Promise.all(Array.from({ length: 7 }, () => recordingOf(user))));
    const second = await list(user, { page: "2", limit: "3" });
    expect(second.recordings).toHaveLength(3);
    expect(second.pagination).toEqual({ page: 2, limit: 3, total: 7, total_pages: 3 });
    expect((await list(user, { page: "3", limit: "3" })).recordings).toHaveLength(1);
    const past = await list(user, { page: "4", limit: "3" });
    expect(past).toMatchObject({ recordings: [], total: 7, page: 4 });
    expect(await list(user, { page: "1000000", limit: "100" })).toMatchObject({ recordings: [], total: 7 });
  });

  it("can be of one status", async () => {
    const user = newUser();
    const statuses: RecordingStatus[] = ["uploaded", "failed", "uploaded", "completed", "analyzing"];
    for (const status of statuses) await keepRecording(user, { status });
    for (const status of new Set(statuses)) {
      const wanted = statuses.filter((each) => each === status).length;
      const { recordings, total } = await list(user, { status });
      expect(recordings.map((recording) => recording.status)).toEqual(Array(wanted).fill(status));
      expect(total).toBe(wanted);
    }
    expect((await list(user, { status: "failed", date_from: "2026-01-01" })).total).toBe(1);
    expect((await list(user, { status: "failed", date_to: "2026-01-01" })).total).toBe(0);
  });

  it.each([
    ["page=0", "page"],
    ["page=-1", "page"],
    ["page=1.5", "page"],
    ["page=1e3", "page"],
    ["page=1000001", "page"],
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=1000", "limit"],
    ["limit=", "limit"],
    ["status=deleted", "status"],
    ["sort_by=user_id", "sort_by"],
    ["sort_by=user_id;--", "sort_by"],
    ["sort_by=seq", "sort_by"],
    ["sort_by=__proto__", "sort_by"],
    ["order=sideways", "order"],
    ["order=DESC", "order"],
    ["date_from=yesterday", "date_from"],
    ["date_from=2026-02-30", "date_from"],
    ["date_to=2026-11-23T09:30:00", "date_to"],
    ["date_to=2026-11-23T25:00Z", "date_to"],
    ["date_to=2026-11-23T09:30:00.1234Z", "date_to"],
    ["date_to=1764000000000", "date_to"],
    ["cursor=abc", "cursor"],
  ])("refuses %s, and says where the fault is", async (query, path) => {
    const answer = await ask("asker", `/api/v1/recordings?${query}`);
    expect(answer.status).toBe(400);
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ error: "VALIDATION_ERROR", request_id: "test-asker" });
    expect(new Set(problem.errors?.map((error) => error.path))).toEqual(new Set([path]));
  });

  it("names every fault at once", async () => {
    const answer = await ask("asker", "/api/v1/recordings?page=0&limit=1000&order=up");
    const problem = await problemOf(answer);
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual(["limit", "order", "page"]);
  });
});

type SortColumn = (typeof RECORDING_SORT_COLUMNS)[number];

/** Values with many ties, for every column that can be sorted by. */
const rowArbitrary = fc.record({
  created_at: fc.constantFrom(
    "2026-11-23T09:30:00.000Z",
    "2026-11-23T09:30:00.001Z",
    "2026-11-24T00:00:00.000Z",
  ),
  updated_at: fc.constantFrom("2026-11-25T09:30:00.000Z", "2026-11-25T09:30:00.001Z"),
  filename: fc.constantFrom("a.wav", "B.wav", "b.wav", "é.wav", "10.wav", "9.wav"),
  file_size: fc.constantFrom(9, 10, 1_000_000),
  duration: fc.constantFrom(0.5, 9, 10, 10.25),
});

/** Text in the order of its code points, numbers by size, ties in the order of upload. */
function sorted(rows: readonly StoredRecording[], column: SortColumn, order: "asc" | "desc"): string[] {
  const compare = (a: StoredRecording, b: StoredRecording) =>
    a[column] < b[column] ? -1 : a[column] > b[column] ? 1 : 0;
  const ascending = idsOf([...rows].sort(compare));
  return order === "asc" ? ascending : ascending.reverse();
}

describe("sorting", () => {
  it.each(["created_at", "updated_at", "filename", "file_size", "duration"] as const)(
    "by %s is complete and stable, up and down, over all pages and with any ties",
    async (column) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(rowArbitrary, { maxLength: 12 }),
          fc.constantFrom("asc", "desc"),
          fc.integer({ min: 1, max: 5 }),
          async (given, order, limit) => {
            const user = newUser();
            const rows = await Promise.all(given.map((row) => recordingOf(user, row)));
            await insertRows(rows);
            const listed = await allPages(user, { sort_by: column, order, limit: String(limit) });
            expect(idsOf(listed)).toEqual(sorted(rows, column, order));
          },
        ),
        { seed: 20, numRuns: 12 },
      );
    },
  );

  it("of one status is as complete and stable", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(rowArbitrary, fc.constantFrom("uploaded", "failed")), { maxLength: 12 }),
        fc.constantFrom("created_at", "filename", "file_size"),
        fc.constantFrom("asc", "desc"),
        async (given, column, order) => {
          const user = newUser();
          const rows = await Promise.all(given.map(([row, status]) => recordingOf(user, { ...row, status })));
          await insertRows(rows);
          const listed = await allPages(user, { sort_by: column, order, status: "failed", limit: "3" });
          const failed = rows.filter(({ status }) => status === "failed");
          expect(idsOf(listed)).toEqual(sorted(failed, column, order));
        },
      ),
      { seed: 21, numRuns: 20 },
    );
  });
});

const instant = fc.constantFrom(
  "2026-11-23T09:30:00.000Z",
  "2026-11-23T09:30:00.001Z",
  "2026-11-23T09:30:00.002Z",
);

describe("pages", () => {
  it("have no gap and no repeat while others upload", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(instant, { minLength: 1, maxLength: 15 }),
        fc.array(instant, { minLength: 1, maxLength: 4 }),
        fc.constantFrom("asc", "desc"),
        fc.integer({ min: 1, max: 4 }),
        async (own, foreign, order, limit) => {
          const [user, other] = [newUser(), newUser()];
          const rows = await Promise.all(own.map((created_at) => recordingOf(user, { created_at })));
          await insertRows(rows);
          const othersUpload = async () =>
            insertRows(await Promise.all(foreign.map((created_at) => recordingOf(other, { created_at }))));
          const listed = await allPages(user, { order, limit: String(limit) }, othersUpload);
          expect(idsOf(listed)).toEqual(sorted(rows, "created_at", order));
        },
      ),
      { seed: 9, numRuns: 30 },
    );
  });

  it("upwards have no gap and no repeat while the same user uploads, and end with what came meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(instant, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(3),
        async (own, limit, arrivals) => {
          const user = newUser();
          const rows = await Promise.all(own.map((created_at) => recordingOf(user, { created_at })));
          await insertRows(rows);
          const late: StoredRecording[] = [];
          // What is uploaded now is never older than what is there, and may come in the same millisecond.
          const uploadMore = async () => {
            if (late.length >= arrivals) return;
            const one = await recordingOf(user, { created_at: "2026-11-23T09:30:00.002Z" });
            await insertRows([one]);
            late.push(one);
          };
          const listed = await allPages(user, { order: "asc", limit: String(limit) }, uploadMore);
          expect(idsOf(listed)).toEqual([...sorted(rows, "created_at", "asc"), ...idsOf(late)]);
        },
      ),
      { seed: 10, numRuns: 30 },
    );
  });
});

describe("the range of dates", () => {
  const EDGE = Date.parse("2026-11-23T09:30:15.500Z");
  const at = (milliseconds: number) => new Date(milliseconds).toISOString();

  it("includes the millisecond of both ends, and nothing beyond", async () => {
    const user = newUser();
    const around = [-1, 0, 1].map((offset) => at(EDGE + offset));
    for (const created_at of around) await keepRecording(user, { created_at });
    const createdIn = async (query: Record<string, string>) => {
      const { recordings, total } = await list(user, { ...query, order: "asc" });
      expect(total).toBe(recordings.length);
      return recordings.map(({ created_at }) => created_at);
    };
    expect(await createdIn({ date_from: at(EDGE) })).toEqual(around.slice(1));
    expect(await createdIn({ date_to: at(EDGE) })).toEqual(around.slice(0, 2));
    expect(await createdIn({ date_from: at(EDGE), date_to: at(EDGE) })).toEqual([at(EDGE)]);
    expect(await createdIn({ date_from: at(EDGE + 1), date_to: at(EDGE - 1) })).toEqual([]);
    expect(await createdIn({ date_from: "2026-11-23T10:30:15.500+01:00" })).toEqual(around.slice(1));
    expect(await createdIn({ date_from: "2026-11-23", date_to: "2026-11-23" })).toEqual(around);
    expect(await createdIn({ date_to: "2026-11-22" })).toEqual([]);
    expect(
      await createdIn({ date_from: "0000-01-01T00:00+14:00", date_to: "9999-12-31T23:59-14:00" }),
    ).toEqual(around);
  });

  it("selects what a comparison of instants selects, at whatever edge", async () => {
    const user = newUser();
    const rows = await Promise.all(
      Array.from({ length: 21 }, (_, index) => recordingOf(user, { created_at: at(EDGE - 10 + index) })),
    );
    await insertRows(rows);
    const edge = fc.option(fc.integer({ min: -13, max: 13 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(edge, edge, async (from, to) => {
        const { recordings, total } = await list(user, {
          limit: "100",
          order: "asc",
          ...(from === undefined ? {} : { date_from: at(EDGE + from) }),
          ...(to === undefined ? {} : { date_to: at(EDGE + to) }),
        });
        const wanted = rows.filter(({ created_at }) => {
          const offset = Date.parse(created_at) - EDGE;
          return offset >= (from ?? -Infinity) && offset <= (to ?? Infinity);
        });
        expect(idsOf(recordings)).toEqual(idsOf(wanted));
        expect(total).toBe(wanted.length);
      }),
      { seed: 23, numRuns: 40 },
    );
  });

  it.each([
    ["a day", "2026-11-23", "2026-11-23T00:00:00.000Z", "2026-11-23T23:59:59.999Z"],
    ["a leap day", "2028-02-29", "2028-02-29T00:00:00.000Z", "2028-02-29T23:59:59.999Z"],
    ["a minute", "2026-11-23T09:30Z", "2026-11-23T09:30:00.000Z", "2026-11-23T09:30:59.999Z"],
    ["a second", "2026-11-23T09:30:15Z", "2026-11-23T09:30:15.000Z", "2026-11-23T09:30:15.999Z"],
    ["a millisecond", "2026-11-23T09:30:15.123Z", "2026-11-23T09:30:15.123Z", "2026-11-23T09:30:15.123Z"],
    [
      "a second further east",
      "2026-11-23T00:30:15+05:45",
      "2026-11-22T18:45:15.000Z",
      "2026-11-22T18:45:15.999Z",
    ],
    [
      "a minute further west",
      "2026-11-23T20:30-08:00",
      "2026-11-24T04:30:00.000Z",
      "2026-11-24T04:30:59.999Z",
    ],
    ["the end of time", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ])("takes the whole of %s", (_what, text, from, to) => {
    expect(instantsOf({ date_from: text, date_to: text })).toEqual({ from, to });
  });

  it("is open where nothing is said", () => {
    expect(instantsOf({})).toEqual({ from: null, to: null });
  });
});
