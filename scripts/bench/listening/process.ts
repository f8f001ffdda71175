/** What Linux tells of a process in /proc: the benchmark looks at the runtime from outside, where clocks don't stand still. */

import { readFileSync, writeFileSync } from "node:fs";

/** Clock ticks a second in /proc: USER_HZ, 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor seconds that a process has used so far, in all of its threads, the system's share included. */
export function processorSeconds(process: number): number {
  const stat = readFileSync(`/proc/${process}/stat`, "utf8");
  // The name, in brackets, may hold anything; utime and stime are the 14th and 15th field (proc_pid_stat(5)).
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident memory of a process in MiB. */
export function residentMebibytes(process: number): number {
  return statusMebibytes(process, "VmRSS");
}

/** The most resident memory since the last `forgetPeak`, in MiB. */
export function peakResidentMebibytes(process: number): number {
  return statusMebibytes(process, "VmHWM");
}

/** Has the peak counted from now on: 5 into clear_refs (proc_pid_clear_refs(5)). */
export function forgetPeak(process: number): void {
  writeFileSync(`/proc/${process}/clear_refs`, "5");
}

function statusMebibytes(process: number, field: string): number {
  const status = readFileSync(`/proc/${process}/status`, "utf8");
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? Number.NaN) / 1024;
}
