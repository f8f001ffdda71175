import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { insertRows, recordingOf } from "./support/rows.ts";
import { migrate, recordingsOn } from "./support/service.ts";

beforeAll(migrate);
beforeEach(async () => {
  await env.DB.exec("DELETE FROM recordings");
});

const NOON = "2026-11-23T12:00:00.000Z";
const EARLIER = "2026-11-23T11:00:00.000Z";
const EARLIEST = "2026-11-23T10:00:00.000Z";

test("of all users' recordings those are unfinished that nobody has listened to to an end, longest unchanged first", async () => {
  const analyzing = await recordingOf("bob", { status: "analyzing", updated_at: EARLIER });
  const uploaded = await recordingOf("alice", { updated_at: EARLIEST });
  await insertRows([
    analyzing,
    uploaded,
    await recordingOf("alice", { status: "completed", updated_at: EARLIER }),
    await recordingOf("alice", { status: "failed", updated_at: EARLIER }),
    await recordingOf("alice", { updated_at: NOON }),
  ]);
  expect(await recordingsOn().unfinishedRecordings(NOON)).toEqual({
    ok: true,
    value: [uploaded, analyzing].map(({ id, user_id }) => ({ id, user_id })),
  });
});

test("what is deleted isn't unfinished", async () => {
  const deleted = await recordingOf("alice", { updated_at: EARLIER });
  await insertRows([deleted]);
  await env.DB.prepare("UPDATE recordings SET deleted_at = ?").bind(NOON).run();
  expect(await recordingsOn().unfinishedRecordings(NOON)).toEqual({ ok: true, value: [] });
});

test("they come in bounded numbers", async () => {
  const many = await Promise.all(
    Array.from({ length: 110 }, () => recordingOf("alice", { updated_at: EARLIER })),
  );
  await insertRows(many);
  const found = await recordingsOn().unfinishedRecordings(NOON);
  expect(found.ok && found.value.length).toBe(100);
});
