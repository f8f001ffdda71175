import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";

/**
 * The vitest configuration of a worker: its tests run inside workerd with the bindings of its real wrangler file,
 * and its siblings run beside it, from the bundles that `turbo run build` made, with theirs.
 *
 * @param folder of the worker.
 * @param siblings names of the workers that it calls.
 * @param databases owners of the databases whose migrations the tests apply: `MIGRATIONS_<OWNER>` in `env`, and
 * the database itself as `DB_<OWNER>`, which is the one that the owner binds as `DB`.
 */
export async function workerTestConfig(
  folder: string,
  {
    siblings = [],
    databases = [],
  }: { readonly siblings?: readonly string[]; readonly databases?: readonly string[] },
): Promise<ViteUserConfig> {
  const migrations = await Promise.all(
    databases.map(async (owner) => [
      `MIGRATIONS_${owner.toUpperCase()}`,
      await readD1Migrations(join(folder, "../../migrations", owner)),
    ]),
  );
  return defineConfig({
    // Vite warns of every source map of a dependency that points outside of it.
    logLevel: "error",
    plugins: [
      cloudflareTest({
        wrangler: { configPath: join(folder, "wrangler.jsonc") },
        miniflare: {
          bindings: Object.fromEntries(migrations),
          d1Databases: Object.fromEntries(databases.map((owner) => databaseBinding(folder, owner))),
          workers: siblings.map((name) => siblingOptions(join(folder, "..", name), name)),
        },
      }),
    ],
    test: {
      silent: "passed-only",
      // A guard against hanging, not a measure of speed: other packages' tests run beside these.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      reporters: ["default", ["json", { outputFile: join(folder, ".test-results/vitest.json") }]],
    },
  });
}

function databaseBinding(folder: string, owner: string): [name: string, databaseId: string] {
  const { d1_databases } = unstable_readConfig({ config: join(folder, "..", owner, "wrangler.jsonc") });
  const id: unknown = d1_databases.find(({ binding }: { binding: string }) => binding === "DB")?.database_id;
  if (typeof id !== "string") throw new Error(`${owner} owns no database`);
  return [`DB_${owner.toUpperCase()}`, id];
}

function siblingOptions(folder: string, name: string) {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(folder, "wrangler.jsonc"));
  const bundle = join(folder, "dist");
  // Whoever only reads this configuration, to see what is used, needs no bundle.
  const others = existsSync(bundle) ? readdirSync(bundle).filter((file) => /\.(wasm|bin)$/.test(file)) : [];
  return {
    ...workerOptions,
    name: `crescendai-${name}`,
    modulesRoot: bundle,
    modules: [
      { type: "ESModule" as const, path: join(bundle, "index.js") },
      ...others.map((file) => ({
        type: file.endsWith(".wasm") ? ("CompiledWasm" as const) : ("Data" as const),
        path: join(bundle, file),
      })),
    ],
  };
}
