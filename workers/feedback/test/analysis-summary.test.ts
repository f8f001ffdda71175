import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import {
  type Analysis,
  type AnalysisSummary,
  AnalysisSummarySchema,
  DIMENSIONS,
  FeedbackSchema,
  ok,
  type Result,
  type StoredRecording,
} from "@crescendai/contracts";
import { overriding } from "@crescendai/worker-testing/overriding";
import * as v from "valibot";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import FeedbackService from "../src/index.ts";
import { MUSIC_ANALYSIS } from "./support/analyses.ts";
import { unreachable } from "./support/bindings.ts";
import { analysisOf, found } from "./support/heard-music.ts";
import { deliver, storeWaiting, ticketFor } from "./support/jobs.ts";
import { PERFORMANCES } from "./support/performances.ts";
import { hideRecording, migrateDatabases } from "./support/recordings.ts";
import { ask, post, read } from "./support/requests.ts";
import { unwrap } from "./support/results.ts";

beforeAll(migrateDatabases);
// A ticket is worth the turn of the oldest that waits: nobody may.
beforeEach(() => env.DB.exec("DELETE FROM analyses"));

const service = (bindings: FeedbackEnv = env) => new FeedbackService(createExecutionContext(), bindings);

async function summaryOf(user: string, id: string, bindings?: FeedbackEnv): Promise<AnalysisSummary | null> {
  const found: Result<AnalysisSummary | null> = await service(bindings).getAnalysis(user, id);
  const summary = unwrap(found);
  return summary === null ? null : v.parse(AnalysisSummarySchema, summary);
}

async function heard(analysis: Analysis): Promise<StoredRecording> {
  const recording = await storeWaiting("alice");
  await deliver(ticketFor(recording), { analyse: async () => ok(analysis) });
  return recording;
}

describe("what other services are told of a recording", () => {
  test.each(Object.entries(PERFORMANCES))("says of %s what feedback says", async (_name, { analysis }) => {
    const { id } = await heard(analysis);
    const summary = await summaryOf("alice", id);
    const answer = await ask("alice", `/api/v1/feedback/${id}`, post({}, { prefer: "wait=0" }));
    const feedback = await read(answer, FeedbackSchema);
    expect(summary?.recording).toMatchObject({ id, filename: "take.wav" });
    expect(summary?.strengths).toEqual(feedback.overall_assessment.strengths);
    expect(summary?.priorities).toHaveLength(feedback.practice_recommendations.immediate_focus.length);
    expect(summary?.practice).toHaveLength(feedback.practice_recommendations.exercises.length);
    for (const dimension of DIMENSIONS) {
      const score = feedback.overall_assessment.dimension_scores[dimension];
      expect(summary?.dimensions[dimension]?.score ?? null).toBe(score);
    }
    // The weakest are the lowest of those that single something out, lowest first.
    const scores = (summary?.weakest ?? []).map((name) => summary?.dimensions[name]?.score ?? Number.NaN);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    for (const { observation, start, end } of summary?.findings ?? []) {
      expect(JSON.stringify(feedback.temporal_feedback)).toContain(JSON.stringify(observation));
      expect(end).toBeGreaterThanOrEqual(start);
    }
    // Each kind that was found is named: of what is left out a coach would say that there is none.
    const kinds = (findings: readonly { readonly kind: string }[] = []) =>
      new Set(findings.map(({ kind }) => kind));
    expect(kinds(summary?.findings)).toEqual(kinds(analysis.findings));
    for (const [at, { minutes, works_when }] of (summary?.practice ?? []).entries()) {
      const exercise = feedback.practice_recommendations.exercises[at];
      expect(exercise).toContain(`${minutes} min`);
      expect(exercise).toContain(`It works when ${works_when}.`);
    }
  });

  test("is nothing of another user's recording, of a deleted one and of none", async () => {
    const recording = await heard(MUSIC_ANALYSIS);
    expect(await summaryOf("bob", recording.id)).toBeNull();
    expect(await summaryOf("alice", crypto.randomUUID())).toBeNull();
    await hideRecording(recording);
    expect(await summaryOf("alice", recording.id)).toBeNull();
  });

  test("before it was listened to is what it is, and that it wasn't", async () => {
    const { id } = await storeWaiting("alice");
    expect(await summaryOf("alice", id)).toMatchObject({
      recording: { id },
      dimensions: {},
      findings: [],
      notes: [expect.stringContaining("listened to")],
    });
  });

  test("names the days of earlier takes as feedback does, from when it was asked to listen", async () => {
    // What is of one sketch, of 64 numbers, is the same music.
    const take = analysisOf({ sketch: Array.from({ length: 64 }, (_, word) => word) });
    await heard(take);
    await env.DB.exec("UPDATE analyses SET created_at = '2025-11-02T10:00:00.000Z'");
    const recording = await heard(take);
    await env.DB.prepare("UPDATE analyses SET created_at = '2026-01-05T10:00:00.000Z' WHERE recording_id = ?")
      .bind(recording.id)
      .run();
    await env.DB_RECORDINGS.prepare(
      "UPDATE recordings SET created_at = '2025-12-30T10:00:00.000Z' WHERE id = ?",
    )
      .bind(recording.id)
      .run();
    const answer = await ask("alice", `/api/v1/feedback/${recording.id}`, post({}, { prefer: "wait=0" }));
    expect(await answer.text()).toContain("on 2 November 2025");
    expect(JSON.stringify(await summaryOf("alice", recording.id))).toContain("on 2 November 2025");
  });

  test("tells of another instrument, and of several pieces, no more than feedback does", async () => {
    const guitar = await heard(
      analysisOf({ findings: [found("other_instrument"), found("pedal_blur"), found("tempo_drift")] }),
    );
    const kindsOf = async (id: string) => (await summaryOf("alice", id))?.findings.map(({ kind }) => kind);
    expect(await kindsOf(guitar.id)).toEqual(["other_instrument", "tempo_drift"]);
    const recital = await heard(
      analysisOf({
        duration: 120,
        analysed_duration: 120,
        findings: [found("steady_pulse", { start: 1, end: 119 }), found("pedal_blur")],
        measurements: { pauses: [{ start: 60, end: 63 }] },
      }),
    );
    expect(await kindsOf(recital.id)).toEqual(["pedal_blur"]);
  });

  test("needs no context: without it only the fit to the player is lost", async () => {
    const { id } = await heard(MUSIC_ANALYSIS);
    const CONTEXT = overriding(env.CONTEXT, { getContext: unreachable });
    expect((await summaryOf("alice", id, { ...env, CONTEXT }))?.status).toBe("completed");
  });
});
