import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./workers.ts";

/** What keeps wrangler from reaching out of the machine. */
const OFFLINE = {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
} as const;

/** What saves the compiling of the same code again in every process: wrangler's takes a second of each of its starts. */
const COMPILED_ONCE = {
  NODE_COMPILE_CACHE: join(ROOT, "node_modules/.cache/node"),
  // Of knip, which would translate all of wrangler to read a vitest configuration that Node reads as it is.
  JITI_TRY_NATIVE: "true",
} as const;

const running = new Set<ChildProcess>();

// Whoever ends us in the middle of a command ends the command too.
process.on("exit", () => {
  for (const child of running) child.kill("SIGTERM");
});

/**
 * Runs a command of the workspace from its root. Quiet unless it fails: then all that it printed is in the error.
 */
export function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...OFFLINE, ...COMPILED_ONCE, CI: "true" },
    });
    running.add(child);
    let printed = "";
    child.stdout.on("data", (data) => {
      printed += data;
    });
    child.stderr.on("data", (data) => {
      printed += data;
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      running.delete(child);
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}:\n${printed}`));
    });
  });
}

/** Runs a command of the workspace from its root, with all that it prints; its exit code, 1 if it can't be started. */
export function runVisibly(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...OFFLINE, ...COMPILED_ONCE },
    });
    child.on("error", () => resolve(1));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}
