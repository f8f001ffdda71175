import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventReader } from "../../../../tests/support/event-reader.ts";
import { CitationFilter } from "../../src/answer/citation-filter.ts";
import { recordingsMentioned, withoutRecording } from "../../src/answer/rounds.ts";
import { DONE, encodeEvent, PING, piecesOf, readEventId } from "../../src/answer/server-sent-events.ts";
import { titleFrom } from "../../src/answer/title.ts";
import { wantsJson } from "../../src/wants-json.ts";
import { SEED } from "./seed.ts";

/** Cuts a text at the given places. */
function cut(text: string, places: readonly number[]): string[] {
  const ordered = [...new Set(places.map((place) => place % (text.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...ordered].map((place, index) => text.slice(place, ordered[index] ?? text.length));
}

function filtered(pieces: readonly string[], known: ReadonlySet<number>) {
  const filter = new CitationFilter((number) => known.has(number));
  const results = [...pieces.map((piece) => filter.push(piece)), filter.end()];
  return { text: results.map(({ text }) => text).join(""), named: results.flatMap(({ named }) => named) };
}

describe("the check of citations", () => {
  it.each([
    ["Slowly [1].", "Slowly [1].", [1]],
    ["Slowly [7].", "Slowly.", []],
    ["Slowly [1, 7, 2].", "Slowly [1, 2].", [1, 2]],
    ["Slowly[2][1][2].", "Slowly[2][1][2].", [2, 1]],
    ["A [link](x) and [one] stay, [1 too", "A [link](x) and [one] stay, [1 too", []],
    ["Ends with [", "Ends with [", []],
    ["Ends with blanks  ", "Ends with blanks  ", []],
    ["Not [1.5] nor [0]", "Not [1.5] nor", []],
    ["Take `a[0]` and ``b[7] ` [1]`` [7], [1]", "Take `a[0]` and ``b[7] ` [1]``, [1]", [1]],
    ["```js\na[0] = `b[7]`;\n``\n c[1]\n```\n[7]!", "```js\na[0] = `b[7]`;\n``\n c[1]\n```\n!", []],
    ["1. ~~~\n   a[0]\n   ~~~\n[2]", "1. ~~~\n   a[0]\n   ~~~\n[2]", [2]],
    ["A ` alone [7]\nand [7] ~~ [7]", "A ` alone [7]\nand ~~", []],
    ["```a[0]``` and [7]", "```a[0]``` and", []],
  ])("makes of %j %j", (given, text, named) => {
    expect(filtered([given], new Set([1, 2]))).toEqual({ text, named });
  });

  it("comes to the same whatever the answer is cut into, and says nothing that wasn't retrieved", () => {
    const pieces = fc.constantFrom(
      "Play",
      " ",
      "[",
      "]",
      "1",
      "2",
      "77",
      ",",
      "[1]",
      " [2, 3]",
      "\n",
      "é",
      "🎹",
      "(x)",
      "`",
      "```",
      "~~~",
      "- ",
    );
    const texts = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.nat(200)),
        fc.uniqueArray(fc.integer({ min: 1, max: 80 })),
        (text, places, known) => {
          const whole = filtered([text], new Set(known));
          expect(filtered(cut(text, places), new Set(known))).toEqual(whole);
          if (/[`~]/.test(text)) return;
          for (const [, list = ""] of whole.text.matchAll(/\[([\d, \n]{1,20})\]/g)) {
            for (const number of list.match(/\d{1,3}/g) ?? []) {
              if (/^\s*\d{1,3}(\s*,\s*\d{1,3})*\s*$/.test(list)) expect(known).toContain(Number(number));
            }
          }
        },
      ),
      { seed: SEED, numRuns: 2000 },
    );
  });
});

describe("code in an answer", () => {
  /** Texts of Markdown that begin and end on their own line, with what the check of citations makes of each. */
  const citation = fc.constantFrom("[1]", " [1, 2]", "[2]");
  const wrong = fc.constantFrom("[7]", " [0]", "  [8, 9]");
  const words = fc.constantFrom("Play", "slowly", "é", "🎹", "(x)", "a_b", "*so*", "[one]");
  const index = fc.constantFrom("a[0]", "b[7]", "[1]", "c[i][8]", " [9, 9] ");
  const sentence = fc
    .array(
      fc.oneof(
        words.map((text) => ({ given: ` ${text}`, checked: ` ${text}` })),
        citation.map((text) => ({ given: text, checked: text })),
        wrong.map((text) => ({ given: `${text}.`, checked: "." })),
        fc.tuple(fc.constantFrom("`", "``"), index).map(([marks, text]) => ({
          given: ` ${marks}${text}${marks}`,
          checked: ` ${marks}${text}${marks}`,
        })),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((parts) => ({
      given: `So${parts.map(({ given }) => given).join("")}\n`,
      checked: `So${parts.map(({ checked }) => checked).join("")}\n`,
    }));
  const fence = fc
    .tuple(
      fc.constantFrom("", "> ", "- ", "12. "),
      fc.constantFrom("```", "````", "~~~", "~~~~~"),
      fc.constantFrom("", "js", " ts [7]"),
      fc.array(fc.oneof(index, fc.constantFrom("`", "``", "~~", "x = `b[7]`;", "")), { maxLength: 4 }),
    )
    .map(([before, marks, language, lines]) => {
      const indent = before === "> " ? before : " ".repeat(before.length);
      const text = [
        `${before}${marks}${language}`,
        ...[...lines, marks].map((line) => `${indent}${line}`),
      ].join("\n");
      return { given: `${text}\n`, checked: `${text}\n` };
    });
  const answers = fc.array(fc.oneof(sentence, fence), { maxLength: 8 }).map((parts) => ({
    given: parts.map(({ given }) => given).join(""),
    checked: parts.map(({ checked }) => checked).join(""),
  }));

  it("passes byte for byte, brackets and all, while citations outside of it are checked, whatever it is cut into", () => {
    fc.assert(
      fc.property(answers, fc.array(fc.nat(400)), ({ given, checked }, places) => {
        expect(filtered(cut(given, places), new Set([1, 2])).text).toBe(checked);
        // Where every number is known nothing is changed at all.
        const all = new Set(Array.from({ length: 10 }, (_, number) => number));
        expect(filtered(cut(given, places), all).text).toBe(given);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it("names nothing, whatever stands in its brackets", () => {
    fc.assert(
      fc.property(fence, ({ given }) => {
        expect(filtered([given], new Set([0, 1, 7, 8, 9])).named).toEqual([]);
      }),
      { seed: SEED },
    );
  });
});

describe("events on the wire", () => {
  const turn = "0b9f9a58-6f0a-4b52-9c0e-3d2f8a3f1c11";
  const events = ["One", " zwei é", " 🎹 \u2028 \r\n\n data: x"].map((content) =>
    JSON.stringify({ type: "token", content }),
  );
  const chunks = [...events, DONE].map((data, index) =>
    encodeEvent(data, { turnId: turn, number: index + 1 }),
  );
  const bytes = Uint8Array.from(
    [...chunks.slice(0, 2), PING, ...chunks.slice(2)].flatMap((chunk) => [...chunk]),
  );

  it("are read the same wherever they are cut", () => {
    const whole = new EventReader();
    whole.push(bytes);
    expect(whole.events.map(({ event }) => (event?.type === "token" ? event.content : null))).toEqual([
      "One",
      " zwei é",
      " 🎹 \u2028 \r\n\n data: x",
      null,
    ]);
    expect(whole.events.map(({ id }) => id)).toEqual([1, 2, 3, 4].map((number) => `${turn}-${number}`));
    expect(whole.comments).toEqual([": ping"]);
    for (let at = 0; at <= bytes.length; at += 1) {
      const reader = new EventReader();
      reader.push(bytes.slice(0, at));
      reader.push(bytes.slice(at));
      expect(reader.events).toEqual(whole.events);
    }
    const byByte = new EventReader();
    for (const byte of bytes) byByte.push(Uint8Array.of(byte));
    expect(byByte.events).toEqual(whole.events);
  });

  it("are one block each, with LF only", () => {
    for (const chunk of chunks) {
      const text = new TextDecoder().decode(chunk);
      expect(text).toMatch(/^id: [0-9a-f-]+-\d+\ndata: [^\n\r]+\n\n$/);
    }
  });

  it("have ids that are read again, and nothing else is", () => {
    expect(readEventId(`${turn}-12`)).toEqual({ ok: true, value: { turnId: turn, number: 12 } });
    expect(readEventId(null)).toEqual({ ok: true, value: null });
    for (const wrong of ["12", turn, `${turn}-`, `${turn}-x`, `${turn}-1 `, "-1", `x${turn}-1`]) {
      expect(readEventId(wrong).ok).toBe(false);
    }
  });

  it("are small: a long text is cut into pieces between characters", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000, unit: "binary" }), (text) => {
        const pieces = piecesOf(text);
        expect(pieces.join("")).toBe(text);
        expect(pieces.every((piece) => piece.length <= 600 && piece.isWellFormed() && piece !== "")).toBe(
          true,
        );
      }),
      { seed: SEED },
    );
  });
});

describe("a title", () => {
  it.each([
    ["How do I practise? Tell me.", "How do I practise?"],
    ["\n\n  My  left\thand  \nis weak", "My left hand"],
    ["3.5 hours a day", "3.5 hours a day"],
    ["كيف أتدرب؟", "كيف أتدرب؟"],
    [`${"long ".repeat(30)}end`, `${"long ".repeat(11).trim()}…`],
  ])("of %j is %j", (question, title) => {
    expect(titleFrom(question)).toBe(title);
  });

  it("is one line of at most 60 characters, and never nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        fc.pre(/\P{Cc}/u.test(text.trim()) && text.replace(/[\p{Cc}\s]/gu, "") !== "");
        const title = titleFrom(text);
        expect(Array.from(title).length).toBeLessThanOrEqual(60);
        expect(title).toMatch(/^\P{Cc}+$/u);
      }),
      { seed: SEED },
    );
  });
});

describe("whoever asks", () => {
  it.each([
    [null, false],
    ["*/*", false],
    ["text/event-stream", false],
    ["application/json", true],
    ["application/json, text/event-stream", false],
    ["application/json, text/event-stream;q=0.5", true],
    ["application/json;q=0, */*", false],
    ["text/html, application/json;q=0.9", true],
  ])("with Accept %j for JSON: %j", (accept, json) => {
    expect(wantsJson(accept)).toBe(json);
  });
});

describe("the recordings in an answer", () => {
  const id = "0B9F9A58-6F0A-4B52-9C0E-3D2F8A3F1C11";
  const call = {
    id: "a",
    name: "get_performance_analysis",
    arguments: `{"recording_id":"${id}"}`,
    result: '{"x":1}',
  };
  const search = { ...call, name: "search_knowledge_base" };

  it("are found in calls and results of what speaks of recordings, in lower case", () => {
    expect(recordingsMentioned([{ said: "", calls: [call, search] }])).toEqual([id.toLowerCase()]);
    expect(recordingsMentioned([{ said: id, calls: [search] }])).toEqual([]);
  });

  it("are those that were found: of one that a tool doesn't know nothing is to be forgotten", () => {
    const missing = crypto.randomUUID();
    const failing = {
      ...call,
      arguments: `{"recording_ids":["${id}","${missing}"]}`,
      result: JSON.stringify({
        error: { code: "NOT_FOUND", message: `The player has no recording ${missing}.` },
      }),
    };
    expect(recordingsMentioned([{ said: "", calls: [failing] }])).toEqual([id.toLowerCase()]);
    const heard = { ...call, arguments: `{"recording_id":"${missing}"}` };
    expect(recordingsMentioned([{ said: "", calls: [failing, heard] }])).toEqual([id.toLowerCase(), missing]);
  });

  it("are taken out with what they are in, and nothing else is", () => {
    const other = { ...call, arguments: "{}" };
    const [round] = withoutRecording([{ said: "kept", calls: [call, other] }], id.toLowerCase());
    expect(round?.said).toBe("kept");
    expect(round?.calls[1]).toEqual(other);
    expect(JSON.stringify(round?.calls[0])).not.toContain(id);
  });
});
