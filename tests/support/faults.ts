import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import type { V4WorkerOptions } from "miniflare";
import { scriptName } from "../../scripts/local/mesh.ts";
import { ROOT, type WorkerName } from "../../scripts/local/workers.ts";

const FOLDER = join(ROOT, "tests/faults");

/** The workers of tests/faults, which can stand in place of a service, with the services that they call themselves. */
const FAULTS = {
  broken: {},
  "recordings-that-fail": { RECORDINGS: scriptName("recordings") },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

type FaultName = keyof typeof FAULTS;

/** By worker and binding: the fault to be bound instead of the service. */
export type Faults = Partial<Record<WorkerName, Readonly<Record<string, FaultName>>>>;

/** The workers of a mesh with faults in place of some of their services. */
export function withFaults(workers: readonly V4WorkerOptions[], faults: Faults): V4WorkerOptions[] {
  const bindings = new Map<string | undefined, Readonly<Record<string, FaultName>>>();
  for (const [name, replaced] of Object.entries(faults)) bindings.set(`crescendai-${name}`, replaced);
  return [
    ...workers.map((worker) => ({
      ...worker,
      serviceBindings: { ...worker.serviceBindings, ...bindings.get(worker.name) },
    })),
    ...Object.entries(FAULTS).map(([name, services]) => faultOptions(name, services)),
  ];
}

/** How a fault runs. It imports only types, so that without them it runs as it is. */
function faultOptions(name: string, services: Readonly<Record<string, string>>): V4WorkerOptions {
  const path = join(FOLDER, `${name}.ts`);
  return {
    name,
    compatibilityDate: "2026-11-01",
    serviceBindings: { ...services },
    modulesRoot: FOLDER,
    modules: [{ type: "ESModule", path, contents: stripTypeScriptTypes(readFileSync(path, "utf8")) }],
  };
}
