import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";

// Of patches/miniflare.patch: what the local simulator of D1 does, in production D1 itself.

/** The bookmark of the database after these statements, as one transaction in a session of their own. */
async function bookmarkAfter(...statements: readonly string[]): Promise<string> {
  const session = env.DB.withSession("first-primary");
  await session.batch(statements.map((statement) => session.prepare(statement)));
  return session.getBookmark() ?? "";
}

beforeAll(() => bookmarkAfter("CREATE TABLE scales (id INTEGER PRIMARY KEY, name TEXT)"));

describe("the local database", () => {
  it.each([
    "SELECT 1",
    "SELECT * FROM scales",
    "WITH named AS (SELECT name FROM scales) SELECT * FROM named;",
  ])("writes nothing for a question, not even a bookmark: %s", async (statement) => {
    const before = await bookmarkAfter("INSERT INTO scales (name) VALUES ('C major')");
    expect(await bookmarkAfter(statement)).toBe(before);
    expect(await bookmarkAfter(statement, statement)).toBe(before);
  });

  it.each([
    { statements: ["INSERT INTO scales (name) VALUES ('G major') RETURNING id"] },
    { statements: ["UPDATE scales SET name = 'F major'"] },
    { statements: ["WITH new AS (SELECT 'D major' AS name) INSERT INTO scales (name) SELECT name FROM new"] },
    { statements: ["SELECT 1", "INSERT INTO scales (name) VALUES ('A major')"] },
    { statements: ["INSERT INTO scales (name) VALUES ('E major')", "SELECT 1"] },
    { statements: ["SELECT 1; CREATE VIEW played AS SELECT name FROM scales"] },
    { statements: ["DROP VIEW played"] },
    { statements: ["SELECT 1; CREATE TRIGGER practised AFTER INSERT ON scales BEGIN SELECT 1; END"] },
    { statements: ["SELECT 1; DROP TRIGGER practised"] },
    { statements: ["ALTER TABLE scales RENAME TO keys"] },
    { statements: ["DROP TABLE keys"] },
  ])("has a later bookmark after $statements", async ({ statements }) => {
    const before = await bookmarkAfter("SELECT 1");
    const after = await bookmarkAfter(...statements);
    expect(after > before).toBe(true);
    expect(await bookmarkAfter("SELECT 1")).toBe(after);
  });

  it("keeps its bookmark when a transaction fails", async () => {
    await bookmarkAfter("CREATE TABLE chords (name TEXT)");
    const before = await bookmarkAfter("SELECT 1");
    const failing = bookmarkAfter("INSERT INTO chords VALUES ('tonic')", "SELECT * FROM nowhere");
    await expect(failing).rejects.toThrow("nowhere");
    expect(await bookmarkAfter("SELECT * FROM chords")).toBe(before);
  });
});
