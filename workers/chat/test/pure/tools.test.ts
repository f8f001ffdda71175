import type { AnalysisSummary } from "@crescendai/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCalls } from "../../src/tools/call-tools.ts";
import { compareSummaries } from "../../src/tools/compare-summaries.ts";
import { TOOL_DEFINITIONS } from "../../src/tools/toolbox.ts";
import { isVerbatimIn } from "../../src/tools/verbatim.ts";
import { SEED } from "./seed.ts";

describe("what the player said", () => {
  it.each([
    ["play the Minuet by heart", ["I want to PLAY the  Minuet,\nby heart!"], true],
    ["20 minutes a day", ["only 20 minutes a day"], true],
    ["Träumerei", ["die Tra\u0308umerei"], true],
    ["the Minuet", ["play", "the", "Minuet"], false],
    ["by hear", ["play by heart"], false],
    ["by heart", [], false],
    ["", ["anything"], false],
    ["a", ["a"], false],
    ["!!!", ["!!!"], false],
  ])("%j in %j: %j", (text, messages, said) => {
    expect(isVerbatimIn(text, messages)).toBe(said);
  });

  it("is every stretch of whole words of a message, and no word that isn't in it", () => {
    const words = fc.array(fc.stringMatching(/^[a-zäß0-9]{3,9}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (message, from, count) => {
        const start = from % message.length;
        const stretch = message.slice(start, start + 1 + (count % message.length));
        expect(isVerbatimIn(stretch.join(" – ").toUpperCase(), [message.join(", ")])).toBe(true);
        expect(isVerbatimIn(`${stretch.join(" ")} unsaid!`, [message.join(" ")])).toBe(false);
      }),
      { seed: SEED },
    );
  });
});

describe("a comparison", () => {
  const summary = (created_at: string, score: number, uncertainty: number): AnalysisSummary => ({
    recording: { id: crypto.randomUUID(), filename: "x", duration: 1, created_at },
    status: "completed",
    dimensions: { phrasing: { score, uncertainty }, tone_quality: { score: 50, uncertainty: 3 } },
    weakest: [],
    lowest: null,
    strengths: [],
    priorities: [],
    findings: [],
    notes: [],
    practice: [],
  });

  const unread = (created_at: string): AnalysisSummary => ({ ...summary(created_at, 0, 0), dimensions: {} });

  it("is from the earliest to the latest, and says what is more than the uncertainty", () => {
    const later = summary("2026-11-02T00:00:00.000Z", 70, 4);
    const earlier = summary("2026-11-01T00:00:00.000Z", 60, 3);
    const { recordings, changes } = compareSummaries([later, earlier]);
    expect(recordings.map(({ id }) => id)).toEqual([earlier.recording.id, later.recording.id]);
    expect(changes).toEqual([
      { dimension: "phrasing", from: 60, to: 70, change: 10, uncertainty: 5, certain: true },
      { dimension: "tone_quality", from: 50, to: 50, change: 0, uncertainty: 4.2, certain: false },
    ]);
  });

  it("is between the first and the last that have scores, whatever comes before and after them", () => {
    const { recordings, changes } = compareSummaries([
      unread("2026-11-01T00:00:00.000Z"),
      summary("2026-11-02T00:00:00.000Z", 60, 3),
      summary("2026-11-03T00:00:00.000Z", 65, 3),
      summary("2026-11-04T00:00:00.000Z", 70, 4),
      unread("2026-11-05T00:00:00.000Z"),
    ]);
    expect(recordings).toHaveLength(5);
    expect(changes[0]).toMatchObject({ dimension: "phrasing", from: 60, to: 70 });
  });

  it("of nothing, of what has no score, or of one that has, says nothing", () => {
    const [first, second] = ["2026-11-01T00:00:00.000Z", "2026-11-02T00:00:00.000Z"];
    expect(compareSummaries([])).toEqual({ recordings: [], changes: [] });
    expect(compareSummaries([unread(first), unread(second)]).changes).toEqual([]);
    expect(compareSummaries([unread(first), summary(second, 60, 3)]).changes).toEqual([]);
  });
});

describe("tools", () => {
  it("are offered as objects of known fields, so that a model is told what it may send", () => {
    expect(TOOL_DEFINITIONS.map(({ name }) => name)).toEqual([
      "search_knowledge_base",
      "get_performance_analysis",
      "list_recordings",
      "compare_recordings",
      "get_user_context",
      "update_user_context",
    ]);
    for (const { name, parameters } of TOOL_DEFINITIONS) {
      expect(parameters, name).toMatchObject({ type: "object", additionalProperties: false });
      expect(parameters, name).not.toHaveProperty("$schema");
    }
    const search = TOOL_DEFINITIONS[0]?.parameters;
    expect(search).toMatchObject({ required: ["query"], properties: { top_k: { minimum: 1, maximum: 10 } } });
  });

  it("are called by ids of our own, that differ over a turn", () => {
    const call = { id: "same", type: "function" as const, function: { name: "x", arguments: "" } };
    const turn = crypto.randomUUID();
    const calls = [...readCalls([call, call], turn, 0), ...readCalls([call], turn, 2)];
    expect(new Set(calls.map(({ id }) => id)).size).toBe(3);
    expect(calls[0]?.given).toEqual({});
  });
});
