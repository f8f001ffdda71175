import { readdirSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";
import { bundleFolder, WORKERS, type WorkerName, wranglerConfig } from "./workers.ts";

/** Configuration that the environment may set, by the worker that reads it; see the README's table. */
const SETTINGS: Readonly<Partial<Record<WorkerName, readonly string[]>>> = {
  gateway: ["ALLOWED_API_KEYS", "JWT_SECRET", "CORS_ALLOWED_ORIGINS"],
  upload: ["UPLOAD_GRACE_SECONDS"],
  feedback: ["ANALYSER_URL", "ANALYSER_TOKEN", "ANALYSER_TIMEOUT_SECONDS", "FEEDBACK_PROSE"],
  "dedalus-orchestrator": [
    "DEDALUS_API_KEY",
    "DEDALUS_BASE_URL",
    "MODEL",
    "FALLBACK_MODELS",
    "DAILY_BUDGET_MICRODOLLARS",
  ],
};

/** Stand-ins that aren't asked where a setting says that the real service is to be: by worker, the setting and the binding. */
const STAND_INS: Readonly<
  Partial<Record<WorkerName, { readonly setting: string; readonly binding: string }>>
> = {
  "dedalus-orchestrator": { setting: "DEDALUS_API_KEY", binding: "PROVIDER" },
};

export interface MeshOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Where data are kept. */
  readonly stateFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Workers that get an address of their own besides the gateway: for measuring only. */
  readonly directlyReachable?: readonly WorkerName[];
  /** What is put in the place of the workers: for tests of what happens when one fails. */
  readonly changed?: (workers: readonly V4WorkerOptions[]) => readonly V4WorkerOptions[];
  /** Takes a line that a worker logs. */
  readonly log: (line: string) => void;
}

/**
 * Runs the whole mesh in one runtime, from the bundles that `turbo run build` made and the workers' own wrangler
 * files, with local storage. Rejects where it can't, as on a port that is taken, and leaves nothing running then.
 */
export async function startMesh(
  options: MeshOptions,
): Promise<{ readonly mesh: Miniflare; readonly url: URL }> {
  const workers = WORKERS.map((name) => ({
    ...workerOptions(name, options.environment),
    ...(options.directlyReachable?.includes(name) ? { unsafeDirectSockets: [{ port: 0 }] } : {}),
  }));
  const mesh = new Miniflare(
    convertV4MiniflareOptions({
      host: options.host,
      port: options.port,
      resourcePersistencePath: join(options.stateFolder, "v3"),
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }) => options.log(message),
      // What Cloudflare would say of a request's origin is of no use here, and would be fetched from outside.
      cf: false,
      telemetry: { enabled: false },
      workers: [...(options.changed?.(workers) ?? workers)],
    }),
  );
  try {
    return { mesh, url: await mesh.ready };
  } catch (cause) {
    // What doesn't start leaves the runtime's process behind, and keeps ours from ending.
    await mesh.dispose().catch(() => undefined);
    throw cause;
  }
}

/** How a worker runs: by its wrangler file, from its bundle. */
export function workerOptions(name: WorkerName, environment: MeshOptions["environment"]): V4WorkerOptions {
  const { workerOptions: fromWrangler } = unstable_getMiniflareWorkerOptions(wranglerConfig(name));
  const folder = bundleFolder(name);
  const settings = (SETTINGS[name] ?? []).flatMap((setting) => {
    const value = environment[setting];
    // An empty key is none.
    const isGiven = value !== undefined && (value !== "" || setting !== STAND_INS[name]?.setting);
    return isGiven ? [[setting, value] as const] : [];
  });
  const options = {
    ...fromWrangler,
    name: scriptName(name),
    bindings: { ...(fromWrangler.bindings ?? {}), ...Object.fromEntries(settings) },
    modulesRoot: folder,
    modules: moduleFiles(folder).map((path) => ({ type: moduleType(path), path })),
  };
  return withoutStandIn(name, options, environment);
}

/** The worker without the binding to a stand-in, where the real service is to be asked. */
function withoutStandIn(
  name: WorkerName,
  options: V4WorkerOptions,
  environment: MeshOptions["environment"],
): V4WorkerOptions {
  const standIn = STAND_INS[name];
  if (standIn === undefined || (environment[standIn.setting] ?? "") === "") return options;
  const services = Object.entries(options.serviceBindings ?? {}).filter(([name]) => name !== standIn.binding);
  return { ...options, serviceBindings: Object.fromEntries(services) };
}

/** The files of a bundle, its entry first. */
function moduleFiles(folder: string): string[] {
  const others = readdirSync(folder).filter((file) => file !== "index.js" && /\.(wasm|bin|txt)$/.test(file));
  return ["index.js", ...others].map((file) => join(folder, file));
}

function moduleType(path: string): "ESModule" | "CompiledWasm" | "Data" | "Text" {
  if (path.endsWith(".wasm")) return "CompiledWasm";
  if (path.endsWith(".bin")) return "Data";
  return path.endsWith(".txt") ? "Text" : "ESModule";
}

/** The workers that have a cron trigger, with the expression. */
export function cronTriggers(): { readonly name: WorkerName; readonly cron: string }[] {
  return WORKERS.flatMap((name) =>
    (unstable_readConfig({ config: wranglerConfig(name) }).triggers.crons ?? []).map((cron: string) => ({
      name,
      cron,
    })),
  );
}

/** The name under which a worker runs. */
export function scriptName(name: WorkerName): string {
  return `crescendai-${name.replace("/", "-")}`;
}
