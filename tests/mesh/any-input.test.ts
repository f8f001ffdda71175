import { PutContextAnswerSchema, RecordingListSchema } from "@crescendai/contracts";
import * as fc from "fast-check";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  asUser,
  freshUsers,
  jsonRequest,
  recordingsOf,
  sendUpload,
  uploadAs,
  uploaded,
  uploadForm,
} from "../support/client.ts";
import { type Mesh, startMesh } from "../support/mesh.ts";
import { expectProblem } from "../support/problem.ts";
import { shortTake } from "../support/wav.ts";

/** Of the property tests: fixed, so that a failure can be had again. */
const SEED = 20_261_128;

const newUser = freshUsers("guest");
const TAKE = shortTake(1);

/** Text of any characters, halves of characters and control characters among them. */
const anyText = fc.string({ unit: "binary", maxLength: 300 });
const nearlyText = fc.oneof(anyText, fc.string({ unit: "grapheme", maxLength: 30 }), fc.constant("\ud800"));
const nearlyContext = fc.record(
  {
    goals: fc.oneof(nearlyText, fc.array(nearlyText, { maxLength: 22 }), fc.jsonValue()),
    constraints: fc.oneof(nearlyText, fc.array(nearlyText, { maxLength: 22 })),
    repertoire: fc.oneof(fc.array(nearlyText, { maxLength: 52 }), fc.jsonValue()),
    experience_level: fc.constantFrom("beginner", "professional", "virtuoso", null),
    preferred_feedback_style: fc.oneof(nearlyText, fc.constant(null)),
  },
  { requiredKeys: [] },
);

describe("whatever is sent", () => {
  let mesh: Mesh;
  beforeAll(async () => {
    mesh = await startMesh();
  });
  afterAll(() => mesh.close());

  it("a context is kept as it was answered, or refused", async () => {
    const property = fc.asyncProperty(fc.oneof(nearlyContext, fc.jsonValue()), async (context) => {
      const user = newUser();
      const put = await mesh.fetch("/api/v1/context", jsonRequest("PUT", user, context));
      if (put.status !== 200) {
        await expectProblem(put, "VALIDATION_ERROR");
        return;
      }
      const { message: _, ...answered } = v.parse(PutContextAnswerSchema, await put.json());
      const kept = await mesh.fetch("/api/v1/context", asUser(user));
      expect(await kept.json()).toEqual(answered);
    });
    await fc.assert(property, { seed: SEED, numRuns: 150 });
  });

  it("a filename comes back in the list as it was answered, or is refused", async () => {
    const property = fc.asyncProperty(nearlyText, async (originalName) => {
      const user = newUser();
      const answer = await sendUpload(mesh, user, uploadForm(TAKE, { originalName }));
      if (answer.status !== 200) {
        await expectProblem(answer, "VALIDATION_ERROR");
        expect(await recordingsOf(mesh, user)).toEqual([]);
        return;
      }
      const { id, original_filename } = await uploaded(answer);
      expect(await recordingsOf(mesh, user)).toMatchObject([{ id, filename: original_filename }]);
      expect(original_filename).not.toMatch(/[/\\]/);
      const audio = await mesh.fetch(`/api/v1/recordings/${id}/audio`, asUser(user));
      expect(audio.status).toBe(200);
      expect((await audio.arrayBuffer()).byteLength).toBe(TAKE.length);
    });
    await fc.assert(property, { seed: SEED, numRuns: 50 });
  });

  it("a query gets a list or a refusal", async () => {
    const user = newUser();
    await uploadAs(mesh, user, TAKE);
    const value = fc.oneof(
      anyText,
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom("created_at", "desc", "asc", "filename", "completed", "2026-02-29", "0000-01-01"),
    );
    const keys = ["page", "limit", "status", "date_from", "date_to", "sort_by", "order"] as const;
    const query = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 3 });
    const property = fc.asyncProperty(query, async (parameters) => {
      const answer = await mesh.fetch(`/api/v1/recordings?${new URLSearchParams(parameters)}`, asUser(user));
      if (answer.status === 200) v.parse(RecordingListSchema, await answer.json());
      else await expectProblem(answer, "VALIDATION_ERROR");
    });
    await fc.assert(property, { seed: SEED, numRuns: 200 });
  });
});
