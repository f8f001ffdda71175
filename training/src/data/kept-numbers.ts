import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Numbers that take long to make, kept as 32-bit floats: read where their file is no older than what they are made from, made and
 * written there otherwise. What is half written is never taken for whole.
 *
 * @param sources paths of the files that they are made from. One that isn't there any more is no newer.
 */
export async function keptNumbers(
  path: string,
  sources: readonly string[],
  make: () => Promise<Float32Array>,
): Promise<Float32Array> {
  const written = await writtenAt(path);
  const changes = await Promise.all(sources.map(writtenAt));
  // The bytes are copied: a buffer that Node reads into may lie anywhere in a larger one.
  if (written !== null && changes.every((change) => change === null || change <= written))
    return new Float32Array(Uint8Array.from(await readFile(path)).buffer);
  const numbers = await make();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.part`, numbers);
  await rename(`${path}.part`, path);
  return numbers;
}

/** When a file was last written, in milliseconds; null where there is none. */
async function writtenAt(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
