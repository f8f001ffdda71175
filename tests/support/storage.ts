import type { Mesh } from "./mesh.ts";

/** What tests use of R2, see the types of Workers. */
interface Bucket {
  list(): Promise<{ objects: readonly { key: string }[] }>;
  put(key: string, value: string): Promise<unknown>;
  resumeMultipartUpload(
    key: string,
    uploadId: string,
  ): { uploadPart(partNumber: number, value: string): Promise<unknown> };
}

/** What tests use of D1. */
interface Sql {
  prepare(query: string): {
    bind(...values: readonly (string | null)[]): {
      run(): Promise<unknown>;
      first(): Promise<Record<string, unknown> | null>;
      all(): Promise<{ results: readonly Record<string, unknown>[] }>;
    };
  };
}

/** The bucket of the recordings' bytes. */
export async function audioBucket(mesh: Mesh): Promise<Bucket> {
  return (await mesh.harness.getWorker<{ AUDIO: Bucket }>("crescendai-upload").getEnv()).AUDIO;
}

/** The keys of every object in the bucket. */
export async function storedObjects(mesh: Mesh): Promise<string[]> {
  const { objects } = await (await audioBucket(mesh)).list();
  return objects.map(({ key }) => key);
}

/** The database of the recordings, for what no route shows: the traces of uploads under way. */
export async function recordingsDatabase(mesh: Mesh): Promise<Sql> {
  return (await mesh.harness.getWorker<{ DB: Sql }>("crescendai-recordings").getEnv()).DB;
}

/** The database of what was heard and said, for what no route shows: whose turn it was. */
export async function feedbackDatabase(mesh: Mesh): Promise<Sql> {
  return (await mesh.harness.getWorker<{ DB: Sql }>("crescendai-feedback").getEnv()).DB;
}
