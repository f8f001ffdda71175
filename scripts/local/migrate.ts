import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_readConfig, unstable_splitSqlQuery } from "wrangler";
import { DATABASE_OWNERS, type WorkerName, workerFolder, wranglerConfig } from "./workers.ts";

/** A file of SQL, and the statements in it. */
interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** What is used of a database; the types of D1 themselves are those of workers. */
type Database = Awaited<ReturnType<Miniflare["getD1Database"]>>;

/**
 * The table in which wrangler keeps what was applied, as wrangler makes it: a folder that either has migrated is
 * migrated for the other too (`wrangler d1 migrations apply`, which takes seconds of start for each database).
 */
const APPLIED_TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/** Applies every migration that the local databases don't have yet; starts a runtime only if there may be one. */
export async function migrate(stateFolder: string): Promise<void> {
  const stamp = join(stateFolder, "migrated");
  const wanted = migrationsDigest();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  mkdirSync(stateFolder, { recursive: true });
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      resourcePersistencePath: join(stateFolder, "v3"),
      log: new Log(LogLevel.ERROR),
      cf: false,
      telemetry: { enabled: false },
      modules: true,
      script: "export default {};",
      d1Databases: Object.fromEntries(DATABASE_OWNERS.map((owner) => [owner, databaseOf(owner).id])),
    }),
  );
  try {
    await Promise.all(
      DATABASE_OWNERS.map(async (owner) => apply(await runtime.getD1Database(owner), migrationsOf(owner))),
    );
  } finally {
    await runtime.dispose();
  }
  writeFileSync(stamp, wanted);
}

/** Applies those migrations that a database doesn't have, in their order, each wholly or not at all. */
async function apply(database: Database, migrations: readonly Migration[]): Promise<void> {
  await database.prepare(APPLIED_TABLE).run();
  const { results } = await database.prepare("SELECT name FROM d1_migrations").all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  for (const { name, statements } of migrations.filter((migration) => !applied.has(migration.name))) {
    // D1 runs a batch as one transaction.
    await database.batch([
      ...statements.map((statement) => database.prepare(statement)),
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
    ]);
  }
}

function migrationsOf(owner: WorkerName): readonly Migration[] {
  const { folder } = databaseOf(owner);
  return filesIn(folder).map((name) => ({
    name,
    statements: unstable_splitSqlQuery(readFileSync(join(folder, name), "utf8")),
  }));
}

/** The names of a folder's migrations, in their order; of other files, such as an editor's, wrangler takes none either. */
function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .toSorted();
}

function migrationsDigest(): string {
  const digest = createHash("sha256");
  for (const owner of DATABASE_OWNERS) {
    const { folder } = databaseOf(owner);
    for (const file of filesIn(folder)) {
      digest.update(`${owner}/${file}\n`).update(readFileSync(join(folder, file)));
    }
  }
  return digest.digest("hex");
}

/** The database of a worker as its wrangler file has it: its id, and the folder of its migrations. */
function databaseOf(owner: WorkerName): { readonly id: string; readonly folder: string } {
  const { d1_databases } = unstable_readConfig({ config: wranglerConfig(owner) });
  const database = d1_databases.find(({ binding }: { binding: string }) => binding === "DB");
  const id: unknown = database?.database_id;
  const folder: unknown = database?.migrations_dir;
  if (typeof id !== "string" || typeof folder !== "string") {
    throw new Error(`${owner} names no database with a folder of migrations`);
  }
  return { id, folder: join(workerFolder(owner), folder) };
}
