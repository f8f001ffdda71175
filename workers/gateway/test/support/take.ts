import * as v from "valibot";
import { callAs } from "./mesh.ts";

const SAMPLE_RATE = 8000;

/** Two seconds of a tone as a 16-bit PCM WAV file, unlike that of any other `hertz`. */
export function wavOf(hertz: number): Uint8Array<ArrayBuffer> {
  const samples = 2 * SAMPLE_RATE;
  const bytes = new Uint8Array(44 + samples * 2);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("RIFF"), 0);
  view.setUint32(4, 36 + samples * 2, true);
  bytes.set(new TextEncoder().encode("WAVEfmt "), 8);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  bytes.set(new TextEncoder().encode("data"), 36);
  view.setUint32(40, samples * 2, true);
  for (let index = 0; index < samples; index += 1) {
    const sample = 8000 * Math.sin((2 * Math.PI * hertz * index) / SAMPLE_RATE);
    view.setInt16(44 + index * 2, Math.round(sample), true);
  }
  return bytes;
}

const UploadedSchema = v.looseObject({ id: v.string() });
const JobSchema = v.looseObject({ job_id: v.string() });

/** Sends a take of a user's; its id. */
export async function uploadTake(userId: string, hertz: number): Promise<string> {
  const audio = wavOf(hertz);
  const form = new FormData();
  const metadata = { originalName: "take.wav", size: audio.byteLength, type: "audio/wav" };
  form.set("metadata", JSON.stringify(metadata));
  form.set("audio", new File([audio], "take.wav", { type: "audio/wav" }));
  const answer = await callAs(userId, "/api/v1/upload", { method: "POST", body: form });
  return v.parse(UploadedSchema, await answer.json()).id;
}

/** Has a recording analysed; the job's id. */
export async function analyze(userId: string, recordingId: string): Promise<string> {
  const answer = await callAs(userId, "/api/v1/analyze", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id: recordingId }),
  });
  return v.parse(JobSchema, await answer.json()).job_id;
}
