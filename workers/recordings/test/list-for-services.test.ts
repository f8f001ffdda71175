import { ListRecordingsQuerySchema } from "@crescendai/contracts";
import * as v from "valibot";
import { beforeAll, expect, test } from "vitest";
import { insertRows, recordingOf } from "./support/rows.ts";
import { list, migrate, recordingsOn } from "./support/service.ts";

beforeAll(migrate);

test("a service gets a user's recordings as the user does, page by page, and nobody else's", async () => {
  const rows = await Promise.all(
    ["09", "10", "11"].map((hour) => recordingOf("alice", { created_at: `2026-11-23T${hour}:00:00.000Z` })),
  );
  await insertRows([...rows, await recordingOf("bob", { filename: "bobs.wav" })]);
  const query = v.parse(ListRecordingsQuerySchema, { limit: "2" });
  const page = await recordingsOn().listRecordings("alice", query);
  const shown = await list("alice", { limit: "2" });
  expect(page).toEqual({ ok: true, value: { recordings: shown.recordings, total: 3 } });
  expect(shown.recordings.map(({ id }) => id)).toEqual([rows[2]?.id, rows[1]?.id]);
  const rest = await recordingsOn().listRecordings("alice", { ...query, page: 2 });
  expect(rest).toMatchObject({ value: { recordings: [{ id: rows[0]?.id }], total: 3 } });
});
