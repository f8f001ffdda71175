import type { AnalysisResult, Feedback } from "@crescendai/contracts";
import { expect } from "vitest";
import {
  analyse,
  feedbackOn,
  jobAs,
  recordingsOf,
  resultOf,
  sendUpload,
  uploaded,
  uploadForm,
} from "./client.ts";
import type { Mesh } from "./mesh.ts";

/** A recording that was listened to, with all that is told of it. */
export interface HeardRecording {
  /** Of the recording. */
  readonly id: string;
  readonly feedback: Feedback;
  readonly result: AnalysisResult;
}

/** Sends a file as a user, waits until it has been listened to, and expects its job and its recording to be completed. */
export async function hear(
  mesh: Mesh,
  user: string,
  file: Uint8Array<ArrayBuffer>,
  mime = "audio/wav",
): Promise<HeardRecording> {
  const { id } = await uploaded(await sendUpload(mesh, user, uploadForm(file, {}, mime)));
  const feedback = await feedbackOn(mesh, user, id);
  const jobId = await analyse(mesh, user, id);
  expect(await jobAs(mesh, user, jobId)).toMatchObject({ status: "completed", progress: 100, error: null });
  const recordings = await recordingsOf(mesh, user);
  expect(recordings.find((recording) => recording.id === id)).toMatchObject({ status: "completed" });
  return { id, feedback, result: await resultOf(mesh, user, jobId) };
}
