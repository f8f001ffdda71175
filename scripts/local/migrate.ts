import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unstable_readConfig } from "wrangler";
import { run } from "./run.ts";
import { DATABASE_OWNERS, type WorkerName, workerFolder, wranglerConfig } from "./workers.ts";

/** Applies every migration that the local databases don't have yet; asks wrangler only if there may be one. */
export async function migrate(stateFolder: string): Promise<void> {
  const stamp = join(stateFolder, "migrated");
  const wanted = migrationsDigest();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  mkdirSync(stateFolder, { recursive: true });
  // One after another: two at once would lock each other out of the files that the databases share.
  for (const name of DATABASE_OWNERS) {
    const config = wranglerConfig(name);
    await run("wrangler", [
      "d1",
      "migrations",
      "apply",
      "DB",
      "--local",
      "--persist-to",
      stateFolder,
      "-c",
      config,
    ]);
  }
  writeFileSync(stamp, wanted);
}

function migrationsDigest(): string {
  const digest = createHash("sha256");
  for (const owner of DATABASE_OWNERS) {
    const folder = migrationsFolder(owner);
    for (const file of readdirSync(folder).toSorted()) {
      digest.update(`${owner}/${file}\n`).update(readFileSync(join(folder, file)));
    }
  }
  return digest.digest("hex");
}

/** Where a worker's wrangler file says that the migrations of its database are. */
function migrationsFolder(owner: WorkerName): string {
  const { d1_databases } = unstable_readConfig({ config: wranglerConfig(owner) });
  const folder: unknown = d1_databases.find(
    ({ binding }: { binding: string }) => binding === "DB",
  )?.migrations_dir;
  if (typeof folder !== "string") throw new Error(`${owner} names no folder of migrations`);
  return join(workerFolder(owner), folder);
}
