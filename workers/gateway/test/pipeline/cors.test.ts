import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { corsHeaders, preflightHeaders } from "../../src/pipeline/cors.ts";
import { routes } from "../../src/routes.ts";
import { SEED } from "../support/seed.ts";

const ALLOWED = "https://crescend.ai, https://www.crescend.ai,http://localhost:5173";

function corsFor(origin: string | null, allowed = ALLOWED): Record<string, string> {
  const headers = origin === null ? {} : { origin };
  return corsHeaders(new Request("https://mesh.test/health", { headers }), allowed);
}

describe("a page of another origin", () => {
  test.each(["https://crescend.ai", "https://www.crescend.ai", "http://localhost:5173"])(
    "may read the answer if it is at %s, which alone is named",
    (origin) => {
      expect(corsFor(origin)).toMatchObject({ vary: "Origin", "access-control-allow-origin": origin });
    },
  );

  test.each([
    "https://evil.example",
    "http://crescend.ai",
    "https://crescend.ai.evil.example",
    "https://evilcrescend.ai",
    "https://crescend.ai:8443",
    "https://CRESCEND.AI",
    "https://crescend.ai/",
    "https://crescend.ai, https://www.crescend.ai",
    "null",
    "*",
    "",
  ])("may not if it is at %s", (origin) => {
    expect(corsFor(origin)).toEqual({ vary: "Origin" });
  });

  test.each(["", " ", ","])("may never if no origin is configured: %j", (allowed) => {
    expect(corsFor("https://crescend.ai", allowed)).toEqual({ vary: "Origin" });
    expect(corsFor("", allowed)).toEqual({ vary: "Origin" });
  });

  test("isn't asked about by a program, which has no origin; caches are still told", () => {
    expect(corsFor(null)).toEqual({ vary: "Origin" });
  });

  test("never gets a star, a list or another's origin, whatever is configured and asked", () => {
    const origins = fc.constantFrom("https://a.example", "https://b.example", "*", "null", "");
    const lists = fc.array(origins, { maxLength: 4 }).map((entries) => entries.join(","));
    fc.assert(
      fc.property(fc.option(origins), lists, (origin, allowed) => {
        const named = corsFor(origin, allowed)["access-control-allow-origin"];
        if (named === undefined) return;
        expect(named).toBe(origin);
        expect(named).not.toMatch(/[*,]/);
        expect(allowed.split(",")).toContain(named);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test("may read the headers that matter to it", () => {
    const exposed = (corsFor("https://crescend.ai")["access-control-expose-headers"] ?? "").toLowerCase();
    for (const name of ["ratelimit", "ratelimit-policy", "retry-after", "x-request-id", "location", "etag"]) {
      expect(exposed.split(", ")).toContain(name);
    }
  });

  test("isn't let to send cookies, which nothing here reads", () => {
    expect(corsFor("https://crescend.ai")).not.toHaveProperty("access-control-allow-credentials");
  });
});

describe("a preflight", () => {
  test("tells an allowed origin which methods and headers there are, and for how long", () => {
    const headers = preflightHeaders(corsFor("https://crescend.ai"), ["GET", "HEAD", "OPTIONS"]);
    expect(headers).toMatchObject({
      allow: "GET, HEAD, OPTIONS",
      "access-control-allow-methods": "GET, HEAD, OPTIONS",
      "access-control-max-age": "7200",
    });
  });

  test("tells a foreign origin nothing but the methods of the path", () => {
    expect(preflightHeaders(corsFor("https://evil.example"), ["GET", "OPTIONS"])).toEqual({
      allow: "GET, OPTIONS",
    });
  });

  test("lets a page send every header that a route or the way to it reads", () => {
    const headers = preflightHeaders(corsFor("https://crescend.ai"), ["GET"]);
    const sendable = (headers["access-control-allow-headers"] ?? "").toLowerCase().split(", ");
    const read = routes.flatMap(({ requestHeaders = [] }) => requestHeaders);
    const always = ["authorization", "x-api-key", "x-user-id", "x-request-id", "traceparent", "content-type"];
    for (const name of [...read, ...always, "idempotency-key", "last-event-id"]) {
      expect(sendable).toContain(name.toLowerCase());
    }
    expect(sendable).not.toContain("x-crescendai-caller");
  });
});
