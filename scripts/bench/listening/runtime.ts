import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { unstable_readConfig } from "wrangler";

/** A runtime of its own for the worker that listens: nothing else is in its memory, or on its processor time. */
export interface Runtime {
  readonly url: URL;
  readonly inspectorPort: number;
  readonly process: number;
  stop(): Promise<void>;
}

/** The name of the worker in its runtime. */
export const WORKER_NAME = "listening";

/** The most that V8 may hold in objects, in MiB: half of an isolate. At more it gives up, and the benchmark with it. */
const HEAP_MEBIBYTES = 64;

/** The worker's source, as wrangler knows it. */
export const WORKER_CONFIG = join(import.meta.dirname, "worker", "wrangler.jsonc");

/**
 * Starts workerd with nothing but the worker's bundle.
 *
 * @param bundle the folder that `wrangler deploy --dry-run --outdir` made.
 * @param filesPort where the files are served on this machine.
 */
export async function startRuntime(bundle: string, filesPort: number): Promise<Runtime> {
  const configuration = join(bundle, "runtime.capnp");
  writeFileSync(configuration, runtimeConfiguration(bundle, filesPort));
  const child = spawn(
    workerdBinary(),
    ["serve", "--control-fd=3", "--inspector-addr=127.0.0.1:0", configuration],
    { stdio: ["ignore", "inherit", "inherit", "pipe"] },
  );
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const { http, inspector } = await portsOf(child);
  return {
    url: new URL(`http://127.0.0.1:${http}`),
    inspectorPort: inspector,
    process: child.pid ?? Number.NaN,
    async stop() {
      process.off("exit", end);
      const ended = once(child, "exit");
      if (end()) await ended;
    },
  };
}

/** Reads from its control pipe where the runtime listens. */
async function portsOf(child: ChildProcess): Promise<{ readonly http: number; readonly inspector: number }> {
  const control = child.stdio[3];
  if (!control || !("read" in control)) throw new Error("the runtime has no control pipe");
  const ports = new Map<string, number>();
  for await (const line of createInterface({ input: control })) {
    const { event, port } = JSON.parse(line);
    ports.set(event, port);
    const http = ports.get("listen");
    const inspector = ports.get("listen-inspector");
    if (http !== undefined && inspector !== undefined) return { http, inspector };
  }
  throw new Error("the runtime ended before it listened");
}

/** The workerd that Miniflare runs. */
function workerdBinary(): string {
  const workerd: { readonly default: string } = createRequire(import.meta.resolve("miniflare"))("workerd");
  return workerd.default;
}

/** workerd's own configuration, in the text form of Cap'n Proto (workerd.capnp). */
function runtimeConfiguration(bundle: string, filesPort: number): string {
  const { compatibility_date } = unstable_readConfig({ config: WORKER_CONFIG });
  const embed = (name: string, kind: string) => `(name = "${name}", ${kind} = embed "${name}")`;
  const modules = [
    embed("index.js", "esModule"),
    ...readdirSync(bundle).flatMap((name) => {
      if (name.endsWith(".wasm")) return [embed(name, "wasm")];
      return name.endsWith(".bin") ? [embed(name, "data")] : [];
    }),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "${WORKER_NAME}", worker = (
      compatibilityDate = "${compatibility_date}",
      modules = [${modules.join(", ")}],
      bindings = [(name = "FILES", service = "files")]
    )),
    (name = "files", external = (address = "127.0.0.1:${filesPort}", http = ()))
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "${WORKER_NAME}")],
  v8Flags = ["--expose-gc", "--max-heap-size=${HEAP_MEBIBYTES}"]
);
`;
}
