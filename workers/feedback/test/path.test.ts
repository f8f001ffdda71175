import { exports } from "cloudflare:workers";
import {
  type AnalysisResult,
  AnalysisResultSchema,
  AnalyzeAnswerSchema,
  type Feedback,
  FeedbackSchema,
  JobSchema,
  ProblemDetailsSchema,
} from "@crescendai/contracts";
import { requestOf } from "@crescendai/worker-testing/caller";
import { beforeAll, describe, expect, test } from "vitest";
import { migrateDatabases, statusOf, storeRecording } from "./support/recordings.ts";
import { post, read } from "./support/requests.ts";
import { present } from "./support/results.ts";
import { silence, sine, struckNotes, wavFile } from "./support/sounds.ts";

/*
 * The whole path with the real queue and the real ears, as the gateway asks for it. Nothing here waits but the
 * feedback route itself.
 */

const NOTES = struckNotes(6);
const WITH_PAUSE = wavFile(NOTES, silence(3), NOTES);

beforeAll(migrateDatabases);

function call(userId: string, path: string, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(requestOf(userId, path, init));
}

async function analyze(userId: string, id: string): Promise<string> {
  const answer = await call(userId, "/api/v1/analyze", post({ id }));
  expect(answer.status).toBe(200);
  return (await read(answer, AnalyzeAnswerSchema)).job_id;
}

function askFeedback(userId: string, id: string): Promise<Response> {
  return call(userId, `/api/v1/feedback/${id}`, post({}, { prefer: "wait=25" }));
}

async function listenTo(
  userId: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ feedback: Feedback; result: AnalysisResult }> {
  const recording = await storeRecording(userId, bytes);
  const jobId = await analyze(userId, recording.id);
  const feedback = await askFeedback(userId, recording.id);
  expect(feedback.status).toBe(200);
  const result = await call(userId, `/api/v1/result/${jobId}`);
  expect(result.status).toBe(200);
  return {
    feedback: await read(feedback, FeedbackSchema),
    result: await read(result, AnalysisResultSchema),
  };
}

/** The longest pause that feedback names: its length, beginning, and end in seconds. */
function namedPause({ temporal_feedback }: Feedback) {
  return temporal_feedback
    .flatMap(({ observations }) => observations)
    .map((text) => /A pause of ([\d.]+) s: nothing sounds from (\d+):(\d\d) to (\d+):(\d\d)/.exec(text))
    .filter((match) => match !== null)
    .map(([, length, m1, s1, m2, s2]) => ({
      length: Number(length),
      start: 60 * Number(m1) + Number(s1),
      end: 60 * Number(m2) + Number(s2),
    }))
    .sort((a, b) => b.length - a.length)[0];
}

describe("from a recording to feedback", () => {
  test("goes from analyze over the job to result and feedback, with the right seconds", async () => {
    const recording = await storeRecording("path-alice", WITH_PAUSE);
    const jobId = await analyze("path-alice", recording.id);
    const answer = await askFeedback("path-alice", recording.id);
    expect(answer.status).toBe(200);
    const feedback = await read(answer, FeedbackSchema);
    const job = await read(await call("path-alice", `/api/v1/job/${jobId}`), JobSchema);
    expect(job).toMatchObject({ job_id: jobId, status: "completed", progress: 100, error: null });
    expect(await statusOf(recording)).toBe("completed");
    const result = await read(await call("path-alice", `/api/v1/result/${jobId}`), AnalysisResultSchema);

    expect(feedback.recording_id).toBe(recording.id);
    expect(feedback.metadata).toMatchObject({ heard: "music", duration: 15, analysed_duration: 15 });
    const pause = present(namedPause(feedback));
    expect(pause.length).toBeGreaterThan(2.7);
    expect(pause.length).toBeLessThan(3.3);
    expect(pause).toMatchObject({ start: 6, end: 9 });
    const covering = feedback.temporal_feedback.find(({ end_time }) => end_time > 6);
    expect(covering?.observations.join()).toContain("A pause of");

    expect(result).toMatchObject({ id: jobId, file_id: recording.id, status: "completed" });
    expect(JSON.stringify(result.temporal_feedback)).toContain("nothing sounds from 0:06 to 0:09");
    expect(result.processing_time).toBeGreaterThanOrEqual(0);
  });

  test("feedback alone has the recording listened to", async () => {
    const recording = await storeRecording("path-zoe", WITH_PAUSE);
    expect((await askFeedback("path-zoe", recording.id)).status).toBe(200);
  });

  test("tells a silent file, a sine, and a pause of 20 s in the middle of music apart", async () => {
    const silent = await listenTo("path-bob", wavFile(silence(10)));
    const tone = await listenTo("path-bob", wavFile(sine(10)));
    const paused = await listenTo("path-bob", wavFile(NOTES, silence(20), NOTES));

    expect(silent.feedback.metadata.heard).toBe("silence");
    expect(silent.result.overall_assessment.performance_character).toContain("silent");
    expect(tone.feedback.metadata.heard).toBe("steady_tone");
    expect(tone.result.overall_assessment.performance_character).toContain("steady tone");
    expect(paused.feedback.metadata.heard).toBe("music");
    const pause = present(namedPause(paused.feedback));
    expect(pause.length).toBeGreaterThan(19.7);
    expect(pause.length).toBeLessThan(20.3);
    expect(pause).toMatchObject({ start: 6, end: 26 });
    for (const other of [silent, tone]) expect(namedPause(other.feedback)).toBeUndefined();
  });

  test("the same bytes of two users get the same answers but for ids and times", async () => {
    const one = await listenTo("path-carol", WITH_PAUSE);
    const other = await listenTo("path-dave", WITH_PAUSE);
    expect(other.feedback.recording_id).not.toBe(one.feedback.recording_id);
    const common = ({ feedback, result }: typeof one) => ({
      feedback: {
        ...feedback,
        recording_id: "",
        metadata: { ...feedback.metadata, analysis_timestamp: "" },
      },
      result: { ...result, id: "", file_id: "", created_at: "", processing_time: 0 },
    });
    expect(common(other)).toEqual(common(one));
  });

  test("a recording that can't be listened to ends failed with one sentence, everywhere the same", async () => {
    const recording = await storeRecording("path-erin", new Uint8Array([0xff, 0xfb, 0x90, 0]), "audio/mpeg");
    const jobId = await analyze("path-erin", recording.id);
    const feedback = await askFeedback("path-erin", recording.id);
    const result = await call("path-erin", `/api/v1/result/${jobId}`);
    const job = await read(await call("path-erin", `/api/v1/job/${jobId}`), JobSchema);
    expect(job.status).toBe("failed");
    expect(job.error).toMatch(/^This MP3 file can't be read: .*upload the new file\.$/);
    for (const answer of [feedback, result]) {
      expect(answer.status).toBe(409);
      const problem = await read(answer, ProblemDetailsSchema);
      expect(problem).toMatchObject({ error: "CONFLICT", message: job.error });
    }
    expect(await statusOf(recording)).toBe("failed");
  });

  test("a file that only claims to be WAV ends failed, and is called what it is", async () => {
    const recording = await storeRecording(
      "path-frank",
      Uint8Array.from("not a WAV file", (letter) => letter.charCodeAt(0)),
    );
    const answer = await askFeedback("path-frank", recording.id);
    expect(answer.status).toBe(409);
    expect((await read(answer, ProblemDetailsSchema)).message).toBe(
      "This is a text file, not a recording. Send the recording as WAV, MP3, M4A or FLAC.",
    );
  });
});
