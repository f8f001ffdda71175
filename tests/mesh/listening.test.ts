import { DIMENSIONS } from "@crescendai/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { m4aFile } from "../support/audio-files.ts";
import {
  analyse,
  asUser,
  feedbackOn,
  jobAs,
  recordingsOf,
  sendUpload,
  uploadAs,
  uploaded,
  uploadForm,
} from "../support/client.ts";
import { type HeardRecording, hear } from "../support/heard.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem } from "../support/problem.ts";
import { storedObjects } from "../support/storage.ts";
import { inARow, silence, sine, struckNotes, wavFile } from "../support/wav.ts";

/** 16 notes, half a second apart: sound ends a second after the last is struck. */
const PASSAGE = struckNotes(16);
const PASSAGE_SECONDS = 8.5;
const PAUSE_SECONDS = 20;

const TAKES = {
  notes: wavFile(PASSAGE),
  pause: wavFile(inARow(PASSAGE.subarray(0, PASSAGE_SECONDS * 22_050), silence(PAUSE_SECONDS), PASSAGE)),
  silent: wavFile(silence(10)),
  sine: wavFile(sine(10)),
} as const;
type Take = keyof typeof TAKES;

let mesh: Mesh;
beforeAll(async () => {
  mesh = await startMesh();
});
afterAll(() => mesh.close());

describe("what is heard", () => {
  const heard = new Map<Take, HeardRecording>();

  beforeAll(async () => {
    for (const take of ["notes", "pause", "silent", "sine"] as const) {
      heard.set(take, await hear(mesh, "clara", TAKES[take]));
    }
  });

  function of(take: Take) {
    const found = heard.get(take);
    if (found === undefined) throw new Error(`${take} wasn't listened to`);
    return found;
  }

  it.each([
    { take: "notes", kind: "music", character: /playing with about \d/ },
    { take: "pause", kind: "music", character: /playing with about \d/ },
    { take: "silent", kind: "silence", character: /silent/ },
    { take: "sine", kind: "steady_tone", character: /steady tone/ },
  ] as const)("in $take is $kind, in the feedback and in the result", ({ take, kind, character }) => {
    const { feedback, result } = of(take);
    expect(feedback.metadata.heard).toBe(kind);
    expect(result.overall_assessment.performance_character).toMatch(character);
  });

  it("of a pause of 20 s is its place and its length, to half a second", () => {
    const { feedback, result } = of("pause");
    const told = feedback.temporal_feedback.flatMap(({ observations }) => observations).join(" ");
    const pauses = [
      ...told.matchAll(/A pause of ([\d.]+) s: nothing sounds from (\d+):([\d.]+) to (\d+):([\d.]+)/g),
    ];
    expect(pauses).toHaveLength(1);
    const [, length, startMinute, startSecond, endMinute, endSecond] = (pauses[0] ?? []).map(Number);
    const start = Number(startMinute) * 60 + Number(startSecond);
    const end = Number(endMinute) * 60 + Number(endSecond);
    expect(Math.abs(Number(length) - PAUSE_SECONDS)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(start - PASSAGE_SECONDS)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(end - (PASSAGE_SECONDS + PAUSE_SECONDS))).toBeLessThanOrEqual(0.5);
    const insights = result.temporal_feedback.flatMap((passage) => passage.insights);
    expect(insights.filter(({ observation }) => observation.startsWith("A pause of"))).toHaveLength(1);
  });

  it.each(["notes", "silent", "sine"] as const)("in %s is no pause", (take) => {
    expect(JSON.stringify(of(take))).not.toContain("A pause of");
  });

  it.each(["notes", "pause", "silent", "sine"] as const)("in %s is never scored without a basis", (take) => {
    const { overall_assessment, metadata } = of(take).feedback;
    for (const dimension of DIMENSIONS) {
      const { [dimension]: score } = overall_assessment.dimension_scores;
      const { [dimension]: reason } = metadata.unscored;
      expect(score === null, `${dimension}: ${score}, ${reason}`).toBe(reason !== null);
    }
  });

  it("lies within the recording, second for second", () => {
    for (const { feedback } of heard.values()) {
      expect(feedback.metadata.analysed_duration).toBeCloseTo(feedback.metadata.duration, 1);
      for (const { start_time, end_time } of feedback.temporal_feedback) {
        expect(start_time).toBeGreaterThanOrEqual(0);
        expect(end_time).toBeGreaterThan(start_time);
        expect(end_time).toBeLessThanOrEqual(feedback.metadata.duration + 0.01);
      }
    }
  });

  it("is the same for two users with the same file, but for ids and times", async () => {
    const { feedback, result } = await hear(mesh, "robert", TAKES.pause);
    const { feedback: other, result: otherResult } = of("pause");
    const changing = { recording_id: "", metadata: { ...feedback.metadata, analysis_timestamp: "" } };
    expect({ ...feedback, ...changing }).toEqual({
      ...other,
      recording_id: "",
      metadata: { ...other.metadata, analysis_timestamp: "" },
    });
    expect(feedback.recording_id).not.toBe(other.recording_id);
    const same = { id: "", file_id: "", created_at: "", processing_time: null };
    expect({ ...result, ...same }).toEqual({ ...otherResult, ...same });
  });
});

describe("a recording that can't be listened to", () => {
  it("(an M4A whose frames are empty) ends in a failed job with the same sentence everywhere", async () => {
    const user = "sender-of-nothing";
    const { id } = await uploaded(await sendUpload(mesh, user, uploadForm(m4aFile(100), {}, "audio/mp4")));
    const feedback = await mesh.fetch(`/api/v1/feedback/${id}`, {
      method: "POST",
      headers: { "x-user-id": user, prefer: "wait=25" },
    });
    const { message } = await expectProblem(feedback, "CONFLICT");
    expect(message).toBe("This file holds no sound. Please record it again.");
    const jobId = await analyse(mesh, user, id);
    expect(await jobAs(mesh, user, jobId)).toMatchObject({ status: "failed", error: message });
    const result = await mesh.fetch(`/api/v1/result/${jobId}`, asUser(user));
    expect((await expectProblem(result, "CONFLICT")).message).toBe(message);
    expect(await recordingsOf(mesh, user)).toMatchObject([{ id, status: "failed" }]);
  });
});

describe("a recording that is deleted", () => {
  it("takes its audio, job, result and feedback with it at once", async () => {
    const user = "fanny";
    const id = await uploadAs(mesh, user, TAKES.notes);
    await feedbackOn(mesh, user, id);
    const jobId = await analyse(mesh, user, id);
    expect((await jobAs(mesh, user, jobId)).status).toBe("completed");
    expect((await storedObjects(mesh)).filter((key) => key.includes(id))).toHaveLength(1);

    expect((await mesh.fetch(`/api/v1/recordings/${id}`, asUser(user, "DELETE"))).status).toBe(200);
    const gone = [
      { method: "GET", path: `/api/v1/recordings/${id}` },
      { method: "GET", path: `/api/v1/recordings/${id}/audio` },
      { method: "GET", path: `/api/v1/job/${jobId}` },
      { method: "GET", path: `/api/v1/result/${jobId}` },
      { method: "POST", path: `/api/v1/feedback/${id}` },
      { method: "DELETE", path: `/api/v1/recordings/${id}` },
    ];
    for (const { method, path } of gone) {
      await expectProblem(await mesh.fetch(path, asUser(user, method)), "NOT_FOUND");
    }
    expect((await storedObjects(mesh)).filter((key) => key.includes(id))).toEqual([]);
    expect(await uploadAs(mesh, user, TAKES.notes)).not.toBe(id);
  });

  it("while it is listened to leaves nothing, either", async () => {
    const user = "ignaz";
    const id = await uploadAs(mesh, user, wavFile(inARow(PASSAGE, PASSAGE, PASSAGE)));
    const jobId = await analyse(mesh, user, id);
    expect((await mesh.fetch(`/api/v1/recordings/${id}`, asUser(user, "DELETE"))).status).toBe(200);
    await expectProblem(await mesh.fetch(`/api/v1/job/${jobId}`, asUser(user)), "NOT_FOUND");
    await expectProblem(await mesh.fetch(`/api/v1/feedback/${id}`, asUser(user, "POST")), "NOT_FOUND");
  });
});
