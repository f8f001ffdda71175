import { join } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { unstable_getMiniflareWorkerOptions } from "wrangler";

/**
 * The vitest configuration of a worker: its tests run inside workerd with the bindings of its real wrangler file,
 * and its siblings run beside it, from the bundles that `turbo run build` made, with theirs.
 *
 * @param folder of the worker.
 * @param siblings names of the workers that it calls.
 * @param databases owners of the databases whose migrations the tests apply: `MIGRATIONS_<OWNER>` in `env`.
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
          workers: siblings.map((name) => siblingOptions(join(folder, "..", name), name)),
        },
      }),
    ],
    test: { reporters: ["default", ["json", { outputFile: resultFile(folder) }]] },
  });
}

/** Where a package's counted results go; `npm test` adds them up. */
export function resultFile(folder: string): string {
  return join(folder, "../../.test-results", `${folder.split(/[/\\]/).slice(-2).join("-")}.json`);
}

function siblingOptions(folder: string, name: string) {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(folder, "wrangler.jsonc"));
  return {
    ...workerOptions,
    name: `crescendai-${name}`,
    modulesRoot: join(folder, "dist"),
    modules: [{ type: "ESModule" as const, path: join(folder, "dist/index.js") }],
  };
}
