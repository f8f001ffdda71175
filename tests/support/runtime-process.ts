import { readdirSync, readFileSync } from "node:fs";

/** The runtime's process: the child of ours with its name, found as Linux has it. */
export function runtimeProcess(): number {
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      // proc_pid_stat(5): pid, name in parentheses, state, parent.
      const [, command, parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
      if (command === "workerd" && Number(parent) === process.pid) return Number(name);
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error("the runtime isn't there");
}
