import { FeedbackSchema, RecordingListSchema } from "@crescendai/contracts";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyse, asUser, jobAs, resultOf, uploadAs } from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { MINUET, MINUET_SECONDS } from "../support/samples.ts";

const USER = "clara";

describe("a first recording", () => {
  let mesh: Mesh;
  let id: string;

  beforeAll(async () => {
    mesh = await startMesh();
    id = await uploadAs(mesh, USER, MINUET.WAV.bytes);
  });
  afterAll(() => mesh.close());

  it("is listed, with what its file says of itself", async () => {
    const answer = await mesh.fetch("/api/v1/recordings", asUser(USER));
    const list = v.parse(RecordingListSchema, await answer.json());
    expect(list.total).toBe(1);
    expect(list.recordings[0]).toMatchObject({ id, filename: "take.wav", mime_type: "audio/wav" });
    expect(list.recordings[0]?.duration).toBeCloseTo(MINUET_SECONDS, 2);
  });

  it("comes back byte for byte", async () => {
    const answer = await mesh.fetch(`/api/v1/recordings/${id}/audio`, asUser(USER));
    expect(Buffer.from(await answer.arrayBuffer()).equals(MINUET.WAV.bytes)).toBe(true);
  });

  it("gets feedback that names the hesitation between bars 8 and 9", async () => {
    const answer = await mesh.fetch(`/api/v1/feedback/${id}`, {
      method: "POST",
      headers: { "x-user-id": USER, prefer: "wait=25" },
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
    const jobId = await analyse(mesh, USER, id);
    expect(await jobAs(mesh, USER, jobId)).toMatchObject({ status: "completed", progress: 100, error: null });
    expect(await resultOf(mesh, USER, jobId)).toMatchObject({ id: jobId, file_id: id });
  });
});
