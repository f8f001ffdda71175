// Gets the repository ready on any machine with Node 20 or later and git, then hands over to a script that runs on
// the repository's own Node. This file alone must do without anything installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task, ...options] = process.argv.slice(2);

/** Milliseconds between looks at whether whoever started us is still there. */
const PARENT_CHECK_MS = 250;

installIfChanged();
runTask();

/** Installs what the lock file names, unless that was done already. */
function installIfChanged() {
  const stamp = join(root, "node_modules", ".installed");
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "pnpm-lock.yaml")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  console.log(`Installing with ${packageManager} …`);
  const install = spawnSync(
    "npx",
    ["--yes", packageManager, "install", "--frozen-lockfile", "--reporter=append-only"],
    {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      // Windows finds npx only through a shell.
      shell: process.platform === "win32",
    },
  );
  if (install.status !== 0) {
    console.error("Installing failed; see above. Is the npm registry reachable?");
    process.exit(install.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

/** Runs scripts/<task>.ts on the repository's Node and ends as it ends; signals are passed on. */
function runTask() {
  const node = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
  const binaries = join(root, "node_modules", ".bin");
  const separator = process.platform === "win32" ? ";" : ":";
  const child = spawn(node, [join(root, "scripts", `${task}.ts`), ...options], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${binaries}${separator}${dirname(node)}${separator}${process.env.PATH}` },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  // npm's shell doesn't pass a signal on: then its end is the sign.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill("SIGTERM");
  }, PARENT_CHECK_MS).unref();
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
}
