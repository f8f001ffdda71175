import { existsSync, readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { extname, join } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";

const WORKERS_FOLDER = join(import.meta.dirname, "../../../workers");

/**
 * The vitest configuration of a worker: its tests run inside workerd with the bindings of its real wrangler file,
 * and its siblings run beside it, from the bundles that `turbo run build` made, with theirs.
 *
 * @param folder of the worker.
 * @param siblings the workers that it calls, by their folders below workers/.
 * @param databases owners of the databases whose migrations the tests apply: `MIGRATIONS_<OWNER>` in `env`, and
 * the database itself as `DB_<OWNER>`, which is the one that the owner binds as `DB`.
 * @param main the module whose classes run instead of src/index.ts: its own ones with other bindings, from the tests.
 * @param scriptedProvider whether a provider of language models that does what a test says is bound as `PROVIDER`.
 */
export async function workerTestConfig(
  folder: string,
  {
    siblings = [],
    databases = [],
    main,
    scriptedProvider = false,
  }: {
    readonly siblings?: readonly string[];
    readonly databases?: readonly string[];
    readonly main?: string;
    readonly scriptedProvider?: boolean;
  },
): Promise<ViteUserConfig> {
  const migrations = await Promise.all(
    databases.map(async (owner) => [
      `MIGRATIONS_${constantCase(owner)}`,
      await readD1Migrations(databaseOf(owner).migrations),
    ]),
  );
  return defineConfig({
    // Vite warns of every source map of a dependency that points outside of it.
    logLevel: "error",
    plugins: [
      cloudflareTest({
        ...(main === undefined ? {} : { main: join(folder, main) }),
        wrangler: { configPath: join(folder, "wrangler.jsonc") },
        miniflare: {
          bindings: Object.fromEntries(migrations),
          d1Databases: Object.fromEntries(
            databases.map((owner) => [`DB_${constantCase(owner)}`, databaseOf(owner).id]),
          ),
          durableObjects: Object.fromEntries(siblings.flatMap(durableObjectsOf)),
          ...(scriptedProvider ? { serviceBindings: { PROVIDER: SCRIPTED_PROVIDER } } : {}),
          workers: [
            ...siblings.map((name) => siblingOptions(name)),
            ...(scriptedProvider ? [scriptedProviderOptions()] : []),
          ],
        },
      }),
    ],
    test: {
      // One runtime for all files, each with empty storage: to start the worker and its siblings takes longer than most tests.
      isolate: false,
      setupFiles: [join(import.meta.dirname, "fresh-storage.ts")],
      silent: "passed-only",
      // A guard against hanging, not a measure of speed: other packages' tests run beside these.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      reporters: ["default", ["json", { outputFile: join(folder, ".test-results/vitest.json") }]],
    },
  });
}

const SCRIPTED_PROVIDER = "crescendai-scripted-provider";

/** The worker of scripted-provider/worker.ts. It imports nothing, so that without its types it runs as it is. */
function scriptedProviderOptions() {
  const path = join(import.meta.dirname, "scripted-provider/worker.ts");
  return {
    name: SCRIPTED_PROVIDER,
    compatibilityDate: "2026-11-01",
    modulesRoot: import.meta.dirname,
    modules: [
      { type: "ESModule" as const, path, contents: stripTypeScriptTypes(readFileSync(path, "utf8")) },
    ],
  };
}

/** A name of a folder as variables are named: dedalus-orchestrator → DEDALUS_ORCHESTRATOR. */
function constantCase(name: string): string {
  return name.toUpperCase().replaceAll(/[-/]/g, "_");
}

/** The database that a worker binds as `DB`: its id, and the folder of its migrations. */
function databaseOf(owner: string): { readonly id: string; readonly migrations: string } {
  const folder = join(WORKERS_FOLDER, owner);
  const { d1_databases } = unstable_readConfig({ config: join(folder, "wrangler.jsonc") });
  const database = d1_databases.find(({ binding }: { binding: string }) => binding === "DB");
  const id: unknown = database?.database_id;
  const migrations: unknown = database?.migrations_dir;
  if (typeof id !== "string" || typeof migrations !== "string") throw new Error(`${owner} owns no database`);
  return { id, migrations: join(folder, migrations) };
}

/** A sibling's classes of durable objects, as bindings of the tests: so that their storage can be emptied. */
function durableObjectsOf(sibling: string) {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(
    join(WORKERS_FOLDER, sibling, "wrangler.jsonc"),
  );
  return Object.entries(workerOptions.durableObjects ?? {}).map(([binding, options]) => [
    `${constantCase(sibling)}_${binding}`,
    { ...options, scriptName: nameOf(sibling) },
  ]);
}

function nameOf(sibling: string): string {
  return `crescendai-${sibling.replace("/", "-")}`;
}

/** What the files beside a bundle's code are to the runtime, by their extension. */
const MODULE_TYPES: ReadonlyMap<string, "CompiledWasm" | "Data" | "Text"> = new Map([
  [".wasm", "CompiledWasm"],
  [".bin", "Data"],
  [".txt", "Text"],
]);

function siblingOptions(name: string) {
  const folder = join(WORKERS_FOLDER, name);
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(folder, "wrangler.jsonc"));
  const bundle = join(folder, "dist");
  // Whoever only reads this configuration, to see what is used, needs no bundle.
  const files = existsSync(bundle) ? readdirSync(bundle) : [];
  return {
    ...workerOptions,
    name: nameOf(name),
    modulesRoot: bundle,
    modules: [
      { type: "ESModule" as const, path: join(bundle, "index.js") },
      ...files.flatMap((file) => {
        const type = MODULE_TYPES.get(extname(file));
        return type === undefined ? [] : [{ type, path: join(bundle, file) }];
      }),
    ],
  };
}
