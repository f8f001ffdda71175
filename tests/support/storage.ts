import { scriptName } from "../../scripts/local/mesh.ts";
import type { Mesh } from "./mesh.ts";

/** The bucket of the recordings' bytes. */
export function audioBucket(mesh: Mesh) {
  return mesh.runtime.getR2Bucket("AUDIO", scriptName("upload"));
}

/** The keys of every object in the bucket. */
export async function storedObjects(mesh: Mesh): Promise<string[]> {
  const { objects } = await (await audioBucket(mesh)).list();
  return objects.map(({ key }) => key);
}

/** The database of the recordings, for what no route shows: the traces of uploads under way. */
export function recordingsDatabase(mesh: Mesh) {
  return mesh.runtime.getD1Database("DB", scriptName("recordings"));
}

/** The database of what was heard and said, for what no route shows: whose turn it was. */
export function feedbackDatabase(mesh: Mesh) {
  return mesh.runtime.getD1Database("DB", scriptName("feedback"));
}
