import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requestIdOf, traceparentOf } from "../../src/pipeline/request-identifiers.ts";
import { SEED } from "../support/seed.ts";

const NEW_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";

describe("a request id", () => {
  test.each(["6f1c1f52-3c39-4f0e-9a5b-0d3b6a6d2b10", "abcd1234", "web:2026.11-23_7", "x".repeat(128)])(
    "is kept if it is well-formed: %s",
    (given) => {
      expect(requestIdOf(new Headers({ "x-request-id": given }))).toBe(given);
    },
  );

  test.each([
    ["nothing", ""],
    ["too short to be one", "abc1234"],
    ["too long", "x".repeat(129)],
    ["with a space", "abcd 1234"],
    ["with a quote that could end a line of the log", 'abcd","level":"x'],
    ["with a control character", "abcd\u00011234"],
    ["that begins with a hyphen", "-abcd1234"],
    ["of two headers as one", "abcd1234, efgh5678"],
    ["with letters beyond ASCII", "abcd1234\u00fc"],
  ])("is replaced if it is %s", (_, given) => {
    expect(requestIdOf(new Headers({ "x-request-id": given }))).toMatch(NEW_ID);
  });

  test("is made for a request without one, each time another", () => {
    expect(requestIdOf(new Headers())).toMatch(NEW_ID);
    expect(requestIdOf(new Headers())).not.toBe(requestIdOf(new Headers()));
  });

  test("is always harmless in a header and in a line of the log", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii", maxLength: 12 }), (given) => {
        fc.pre(!/[\0\r\n]/.test(given));
        expect(requestIdOf(new Headers({ "x-request-id": given }))).toMatch(
          /^[A-Za-z0-9][A-Za-z0-9_.:-]{7,127}$/,
        );
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe("a trace", () => {
  const VALID = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

  test("goes on under the caller's trace id and flags, in a span of its own", () => {
    const made = traceparentOf(new Headers({ traceparent: `00-${TRACE}-${SPAN}-01` }));
    expect(made).toMatch(VALID);
    expect(made.startsWith(`00-${TRACE}-`)).toBe(true);
    expect(made.endsWith("-01")).toBe(true);
    expect(made).not.toContain(SPAN);
  });

  test("begins anew for a request without one, not sampled, each time another", () => {
    const [one, other] = [traceparentOf(new Headers()), traceparentOf(new Headers())];
    expect(one).toMatch(VALID);
    expect(one.endsWith("-00")).toBe(true);
    expect(one).not.toBe(other);
  });

  test.each([
    ["nothing", ""],
    ["a trace id of zeros", `00-${"0".repeat(32)}-${SPAN}-01`],
    ["a span id of zeros", `00-${TRACE}-${"0".repeat(16)}-01`],
    ["capital letters", `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ["the version that there never is", `ff-${TRACE}-${SPAN}-01`],
    ["too few digits", `00-${TRACE.slice(1)}-${SPAN}-01`],
    ["something behind it", `00-${TRACE}-${SPAN}-01-x`],
    ["no flags", `00-${TRACE}-${SPAN}`],
    ["two headers as one", `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
  ])("begins anew if the caller's has %s", (_, given) => {
    const made = traceparentOf(new Headers({ traceparent: given }));
    expect(made).toMatch(VALID);
    expect(made).not.toContain(TRACE);
    expect(made).not.toContain("0".repeat(16));
  });

  test("is always well-formed, and its ids are never zeros only", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^(00|01|ff)-[0-9a-f]{30,34}-[0-9a-f]{14,18}-[0-9a-f]{1,3}$/),
        (given) => {
          const made = traceparentOf(new Headers({ traceparent: given }));
          expect(made).toMatch(VALID);
          expect(made).not.toMatch(/^00-0{32}|-0{16}-/);
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });
});
