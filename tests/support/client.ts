import type { Mesh } from "./mesh.ts";

/** The form of an upload, as the web client sends it. */
export function uploadForm(
  bytes: Uint8Array<ArrayBuffer>,
  metadata: Record<string, unknown> = {},
  type = "audio/wav",
): FormData {
  const form = new FormData();
  form.append("audio", new Blob([bytes], { type }), "take.wav");
  form.append(
    "metadata",
    JSON.stringify({ originalName: "take.wav", size: bytes.length, type, ...metadata }),
  );
  return form;
}

/** Uploads a recording as a user and gives its id. */
export async function uploadAs(mesh: Mesh, user: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const answer = await mesh.fetch("/api/v1/upload", {
    method: "POST",
    body: uploadForm(bytes),
    headers: { "x-user-id": user },
  });
  const body: unknown = await answer.json();
  if (answer.status !== 200 || typeof body !== "object" || body === null || !("id" in body)) {
    throw new Error(`upload answered ${answer.status}: ${JSON.stringify(body)}`);
  }
  return String(body.id);
}
