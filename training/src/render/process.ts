/** Runs a program, feeds it bytes, gives back the bytes that it writes. */

import { spawn } from "node:child_process";

/** What the program wrote to its standard output. Rejects, with what it said, if it ends with another code than 0. */
export function run(
  program: string,
  args: readonly string[],
  input?: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
    const output: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
    child.on("error", reject);
    // A program that stops reading early ends with a code that says why: that is the error to report.
    child.stdin.on("error", () => undefined);
    child.on("close", (code) => {
      if (code === 0) resolve(joined(output));
      else reject(new Error(`${program} ended with ${code}: ${Buffer.concat(complaints).toString().trim()}`));
    });
    child.stdin.end(input);
  });
}

/** In a buffer of its own, so that it can be read as samples from its first byte on. */
function joined(chunks: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The bytes of samples, without copying. */
export function bytesOf(
  samples: Float32Array<ArrayBuffer> | Int16Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
