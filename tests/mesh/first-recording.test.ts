import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AnalysisResultSchema, FeedbackSchema, JobSchema, RecordingListSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uploadAs } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";

const SAMPLE = join(import.meta.dirname, "../../samples/petzold-minuet-in-g.wav");

describe("a first recording", () => {
  let mesh: Mesh;
  let id: string;
  let bytes: Uint8Array<ArrayBuffer>;

  beforeAll(async () => {
    mesh = await startMesh();
    bytes = new Uint8Array(await readFile(SAMPLE));
    id = await uploadAs(mesh, "clara", bytes);
  });
  afterAll(() => mesh.close());

  const asClara = { headers: { "x-user-id": "clara" } };

  it("is listed, with what its file says of itself", async () => {
    const answer = await mesh.fetch("/api/v1/recordings", asClara);
    const list = v.parse(RecordingListSchema, await answer.json());
    expect(list.total).toBe(1);
    expect(list.recordings[0]).toMatchObject({ id, filename: "take.wav", mime_type: "audio/wav" });
    expect(list.recordings[0]?.duration).toBeCloseTo(23.68, 2);
  });

  it("comes back byte for byte", async () => {
    const answer = await mesh.fetch(`/api/v1/recordings/${id}/audio`, asClara);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("gets feedback that names the hesitation between bars 8 and 9", async () => {
    const answer = await mesh.fetch(`/api/v1/feedback/${id}`, {
      method: "POST",
      headers: { ...asClara.headers, prefer: "wait=25" },
    });
    expect(answer.status).toBe(200);
    const feedback = v.parse(FeedbackSchema, await answer.json());
    expect(feedback.metadata.heard).toBe("music");
    const moments = feedback.temporal_feedback.filter(
      ({ start_time, end_time }) => start_time <= 12.4 && end_time >= 11.4,
    );
    const observations = moments.flatMap((moment) => moment.observations).join(" ");
    expect(observations).toMatch(/pause of 0\.9 s/);
    // The rush after it: samples/README.md.
    expect(observations).toMatch(/beat gets 6\.\d % faster/);
  });

  it("gets the same as a job and a result, as the web client asks for them", async () => {
    const started = await mesh.fetch("/api/v1/analyze", {
      method: "POST",
      headers: { ...asClara.headers, "content-type": "application/json" },
      body: JSON.stringify({ id }),
    });
    const { job_id } = v.parse(v.object({ job_id: v.string() }), await started.json());
    const job = v.parse(JobSchema, await (await mesh.fetch(`/api/v1/job/${job_id}`, asClara)).json());
    expect(job).toMatchObject({ status: "completed", progress: 100, error: null });
    const result = await mesh.fetch(`/api/v1/result/${job_id}`, asClara);
    expect(v.parse(AnalysisResultSchema, await result.json())).toMatchObject({ id: job_id, file_id: id });
  });
});
