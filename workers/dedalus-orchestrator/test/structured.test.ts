import { beforeAll, describe, expect, test } from "vitest";
import { complete } from "../src/complete.ts";
import { whole } from "./support/answers.ts";
import { migrateDatabase, question, setUp } from "./support/orchestrator.ts";

beforeAll(migrateDatabase);

const PROSE = { texts: [{ id: "1", text: "Your left hand waits at 0:11." }] };
const ASKED = question({ purpose: "feedback", structured_output: "feedback_prose" });

describe("an answer in a form", () => {
  test.each([
    ["bare", JSON.stringify(PROSE)],
    ["in a block of Markdown", `\`\`\`json\n${JSON.stringify(PROSE, null, 2)}\n\`\`\``],
  ])("is checked, %s, and the provider is told the form", async (_, content) => {
    const { orchestrator, seen } = await setUp([[whole({ content })]]);
    expect(await complete(orchestrator, ASKED)).toMatchObject({ ok: true, value: { structured: PROSE } });
    expect((await seen()).requests[0]?.body).toMatchObject({
      response_format: {
        type: "json_schema",
        json_schema: {
          name: "feedback_prose",
          strict: true,
          schema: {
            type: "object",
            required: ["texts"],
            additionalProperties: false,
            properties: { texts: { items: { required: ["id", "text"], additionalProperties: false } } },
          },
        },
      },
    });
  });

  test("may be mended once by the model, which is told what was wrong; both times are counted", async () => {
    const wrong = JSON.stringify({ texts: [{ id: 1, text: "x" }] });
    const { orchestrator, seen } = await setUp([
      [whole({ content: wrong }), whole({ content: JSON.stringify(PROSE) })],
    ]);
    expect(await complete(orchestrator, ASKED)).toMatchObject({
      ok: true,
      value: { structured: PROSE, usage: { prompt_tokens: 2000, completion_tokens: 1000 } },
    });
    expect((await seen()).requests[1]?.body).toMatchObject({
      messages: [
        ASKED.messages[0],
        { role: "assistant", content: wrong },
        { role: "user", content: expect.stringContaining("texts.0.id must be string, but is 1") },
      ],
    });
  });

  test.each(["no JSON at all", '{"texts": []', '{"text": "x"}', '{"texts": [], "more": 1}'])(
    "that is still wrong after that is an error: %s",
    async (content) => {
      const { orchestrator, seen } = await setUp([[whole({ content })]]);
      expect(await complete(orchestrator, ASKED)).toMatchObject({ error: { code: "AI_SERVICE_ERROR" } });
      expect((await seen()).requests).toHaveLength(2);
    },
  );
});
