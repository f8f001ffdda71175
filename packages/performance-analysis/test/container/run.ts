import type { AudioDescription, ProbeFailure, Verdict } from "../../src/container/description.ts";
import { createProbe } from "../../src/container/probe.ts";

/** The verdict on a file that arrives in chunks of these sizes, over and over. */
export function probe(file: Uint8Array, sizes: readonly number[] = [65_536]): Verdict {
  const judge = createProbe();
  for (let at = 0, turn = 0; at < file.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    judge.push(file.slice(at, at + size));
    at += size;
  }
  return judge.finish();
}

export function accepted(file: Uint8Array): AudioDescription {
  const verdict = probe(file);
  if (!verdict.ok) throw new Error(`refused: ${verdict.error.code}: ${verdict.error.message}`);
  return verdict.value;
}

export function refused(file: Uint8Array): ProbeFailure {
  const verdict = probe(file);
  if (verdict.ok) throw new Error(`accepted: ${JSON.stringify(verdict.value)}`);
  return verdict.error;
}
