import type { ChatMessage } from "@crescendai/contracts";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { Round } from "../../src/answer/rounds.ts";
import { buildPrompt, HISTORY_TOKENS } from "../../src/prompt/build-prompt.ts";
import { findFault } from "../../src/prompt/find-fault.ts";
import { historyWindow } from "../../src/prompt/history-window.ts";
import type { Exchange } from "../../src/prompt/message-rows.ts";
import { dueForSummary, summaryPrompt } from "../../src/prompt/summarise.ts";
import { estimateTokens, tokensOf } from "../../src/prompt/tokens.ts";
import { SEED } from "./seed.ts";

/** What an answer may be: words or none, any number of tools, each with its result; ids are unique, as the code makes them. */
const anyRounds = fc
  .array(
    fc.record({
      said: fc.string({ maxLength: 300, unit: "grapheme" }),
      calls: fc.array(
        fc.record({
          name: fc.constantFrom("search_knowledge_base", "get_user_context", "unknown_tool"),
          arguments: fc.constantFrom("{}", '{"query":"scales"}'),
          result: fc.oneof(
            fc.jsonValue().map((value) => JSON.stringify(value)),
            fc.constant('{"material":"quoted","results":[{"number":3,"excerpt":"x"}]}'),
          ),
        }),
        { maxLength: 4 },
      ),
    }),
    { maxLength: 5 },
  )
  .map((rounds): Round[] =>
    rounds.map(({ said, calls }) => ({
      said,
      calls: calls.map((call) => ({ ...call, id: crypto.randomUUID() })),
    })),
  )
  // Only the last round calls nothing: the code ends an answer with it.
  .map((rounds) => rounds.filter(({ calls }, index) => calls.length > 0 || index === rounds.length - 1));

const anyExchanges = fc
  .array(
    fc.record({
      question: fc.string({ minLength: 1, maxLength: 2000 }).map((text) => `?${text}`),
      rounds: fc.option(anyRounds),
    }),
    { maxLength: 12 },
  )
  .map((exchanges): Exchange[] => exchanges.map((exchange, index) => ({ ...exchange, seq: index + 1 })));

describe("the history that the model is sent", () => {
  it("is valid for the strictest provider, whatever was said and wherever it is cut", () => {
    fc.assert(
      fc.property(anyExchanges, fc.nat(5000), (exchanges, budget) => {
        const window = historyWindow(exchanges, budget);
        expect(tokensOf(window)).toBeLessThanOrEqual(budget);
        expect(findFault([...window, { role: "user", content: "now?" }])).toBeNull();
        // The newest come last, and none is left out between two that are there.
        const questions = window.flatMap((message) => (message.role === "user" ? [message.content] : []));
        const newest = exchanges.slice(exchanges.length - questions.length).map(({ question }) => question);
        expect(questions).toEqual(newest);
      }),
      { seed: SEED },
    );
  });

  it("together with the instructions, the data and the turn's own rounds is valid at any point of a turn", () => {
    fc.assert(
      fc.property(anyExchanges, anyRounds, fc.boolean(), (earlier, rounds, toolsAllowed) => {
        const messages = buildPrompt({
          player: null,
          recording: null,
          summary: "earlier",
          earlier,
          question: "now?",
          rounds: rounds.filter(({ calls }) => calls.length > 0),
          toolsAllowed,
        });
        expect(findFault(messages)).toBeNull();
      }),
      { seed: SEED },
    );
  });

  it("leaves out numbers of citations, which hold for one turn", () => {
    const rounds: Round[] = [
      {
        said: "",
        calls: [
          {
            id: "a",
            name: "search_knowledge_base",
            arguments: "{}",
            result: '{"material":"quoted","results":[{"number":3,"excerpt":"[3] stays"}]}',
          },
        ],
      },
      { said: "Slowly [3], and [1, 2] rest.", calls: [] },
    ];
    const window = historyWindow([{ seq: 1, question: "How?", rounds }], HISTORY_TOKENS);
    expect(window.slice(2)).toEqual([
      {
        role: "tool",
        tool_call_id: "a",
        content: '{"material":"quoted","results":[{"excerpt":"[3] stays"}]}',
      },
      { role: "assistant", content: "Slowly, and rest." },
    ]);
  });

  it("of an exchange that fits only without its tools goes without them", () => {
    const rounds: Round[] = [
      {
        said: "Let me look.",
        calls: [{ id: "a", name: "x", arguments: "{}", result: JSON.stringify("y".repeat(9000)) }],
      },
      { said: " Slowly.", calls: [] },
    ];
    expect(historyWindow([{ seq: 1, question: "How?", rounds }], 200)).toEqual([
      { role: "user", content: "How?" },
      { role: "assistant", content: "Let me look. Slowly." },
    ]);
  });
});

describe("the check of a history", () => {
  const user: ChatMessage = { role: "user", content: "?" };
  const said: ChatMessage = { role: "assistant", content: "!" };
  const call = (id: string, given = "{}"): ChatMessage => ({
    role: "assistant",
    content: null,
    tool_calls: [{ id, type: "function", function: { name: "tool", arguments: given } }],
  });
  const result = (id: string): ChatMessage => ({ role: "tool", tool_call_id: id, content: "{}" });

  it.each<[string, ChatMessage[]]>([
    ["a call without its result", [user, call("a")]],
    ["a call whose result comes late", [user, call("a"), said, result("a")]],
    ["a question before the result", [user, call("a"), user]],
    ["a result without its call", [user, result("a")]],
    ["a result twice", [user, call("a"), result("a"), result("a")]],
    ["a result of another call", [user, call("a"), result("b")]],
    ["one id for two calls", [user, call("a"), result("a"), call("a"), result("a")]],
    ["arguments that are no JSON", [user, call("a", "{"), result("a")]],
    ["arguments that are a list", [user, call("a", "[]"), result("a")]],
    ["two questions in a row", [user, user]],
    ["two answers in a row", [user, said, said]],
    ["an answer first", [said]],
    ["an empty answer", [user, { role: "assistant", content: "" }]],
    ["an answer that is nothing", [user, { role: "assistant", content: null }]],
    ["an empty question", [{ role: "user", content: " " }]],
    ["a system message in the middle", [user, said, { role: "system", content: "x" }]],
    ["nothing", []],
  ])("finds %s", (_fault, messages) => {
    expect(findFault(messages)).not.toBeNull();
  });

  it("finds nothing in two rounds of tools and an answer", () => {
    expect(findFault([user, call("a"), result("a"), call("b"), result("b"), said, user])).toBeNull();
  });

  it("finds every result that is taken out of a valid history", () => {
    fc.assert(
      fc.property(anyExchanges, fc.nat(), (exchanges, which) => {
        const messages = historyWindow(exchanges, 1_000_000);
        const results = messages.flatMap(({ role }, index) => (role === "tool" ? [index] : []));
        fc.pre(results.length > 0);
        const taken = results[which % results.length];
        expect(findFault(messages.filter((_, index) => index !== taken))).not.toBeNull();
      }),
      { seed: SEED },
    );
  });
});

describe("a summary", () => {
  const TranscriptSchema = v.object({
    transcript: v.array(v.object({ who: v.string(), said: v.string() })),
  });

  it("is due for the older part of a long conversation only, and keeps the newest as they are", () => {
    const exchange = (seq: number): Exchange => ({
      seq,
      question: "x".repeat(3000),
      rounds: [{ said: "y".repeat(3000), calls: [] }],
    });
    expect(dueForSummary([exchange(1), exchange(2)])).toEqual([]);
    const many = [1, 2, 3, 4, 5].map(exchange);
    const due = dueForSummary(many);
    expect(due.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(findFault(summaryPrompt("before", due))).toBeNull();
  });

  it("is made of whole exchanges, as many as can be handed over at once; the rest is due the next time", () => {
    const anyTalk = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 9000 }), fc.constantFrom("x", "\n", '"', "é", "🎹")),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(anyTalk, (talk) => {
        const all = talk.map(
          ([length, character], index): Exchange => ({
            seq: index + 1,
            question: `Question ${index}?`,
            rounds: [{ said: character.repeat(length), calls: [] }],
          }),
        );
        let left = all;
        const heard: string[] = [];
        for (let due = dueForSummary(left); due.length > 0; due = dueForSummary(left)) {
          const asked = summaryPrompt("before", due).at(-1)?.content ?? "";
          if (due.length > 1) expect(asked.length).toBeLessThanOrEqual(62_000);
          const { transcript } = v.parse(TranscriptSchema, JSON.parse(asked));
          heard.push(...transcript.filter(({ who }) => who === "player").map(({ said }) => said));
          left = left.slice(due.length);
        }
        expect([...heard, ...left.map(({ question }) => question)]).toEqual(
          all.map(({ question }) => question),
        );
        expect(historyWindow(left, HISTORY_TOKENS).filter(({ role }) => role === "user")).toHaveLength(
          left.length,
        );
      }),
      { seed: SEED },
    );
  });

  it("is due even of one exchange that is too long by itself", () => {
    const long: Exchange = {
      seq: 1,
      question: "ё".repeat(60_000),
      rounds: [{ said: "ю".repeat(60_000), calls: [] }],
    };
    const due = dueForSummary([long, { seq: 2, question: "Short?", rounds: null }]);
    expect(due).toEqual([long]);
  });
});

describe("the count of tokens", () => {
  it("is never below the number of words, and grows with the text", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 2, maxLength: 12 })), (words) => {
        const text = words.join(" ");
        expect(estimateTokens(`${text} more`)).toBeGreaterThanOrEqual(estimateTokens(text));
        expect(estimateTokens(text)).toBeGreaterThanOrEqual(text.length / 4);
      }),
      { seed: SEED },
    );
  });
});
