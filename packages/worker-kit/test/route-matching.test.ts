import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allowedMethods, createRouteMatcher } from "../src/index.ts";
import { SEED } from "./seed.ts";

const ROUTES = [
  { method: "GET", path: "/pieces", name: "list" },
  { method: "POST", path: "/pieces", name: "add" },
  { method: "GET", path: "/pieces/:id", name: "get" },
  { method: "DELETE", path: "/pieces/:id", name: "remove" },
  { method: "GET", path: "/pieces/:id/audio", name: "audio" },
  { method: "PUT", path: "/context", name: "write" },
  { method: "GET", path: "/openapi.json", name: "document" },
];
const match = createRouteMatcher(ROUTES);

async function nameOf(method: string, path: string): Promise<string> {
  const found = await match(method, new URL(path, "https://mesh.test"));
  return found.ok ? found.value.route.name : found.error.code;
}

describe("finding a route", () => {
  test.each([
    ["GET", "/pieces", "list"],
    ["POST", "/pieces", "add"],
    ["GET", "/pieces/7", "get"],
    ["DELETE", "/pieces/7", "remove"],
    ["GET", "/pieces/7/audio", "audio"],
    ["GET", "/pieces?page=2", "list"],
    ["HEAD", "/pieces/7", "get"],
    ["GET", "/openapi.json", "document"],
  ])("%s %s is %s", async (method, path, name) => {
    expect(await nameOf(method, path)).toBe(name);
  });

  test.each([
    "/",
    "/piece",
    "/piecess",
    "/Pieces",
    "/pieces/7/score",
    "/pieces/7/audio/more",
    "/api/pieces",
    "/openapixjson",
    "/constructor",
  ])("there is nothing at %s, whatever the method", async (path) => {
    for (const method of ["GET", "POST", "HEAD", "DELETE", "PATCH"]) {
      expect(await nameOf(method, path)).toBe("NOT_FOUND");
    }
  });

  test.each([
    ["PUT", "/pieces", ["GET", "POST", "HEAD", "OPTIONS"]],
    ["POST", "/pieces/7", ["GET", "DELETE", "HEAD", "OPTIONS"]],
    ["GET", "/context", ["PUT", "OPTIONS"]],
    ["HEAD", "/context", ["PUT", "OPTIONS"]],
    ["get", "/pieces", ["GET", "POST", "HEAD", "OPTIONS"]],
    ["BREW", "/openapi.json", ["GET", "HEAD", "OPTIONS"]],
  ])("%s %s is not possible, and the answer says what is", async (method, path, allow) => {
    const found = await match(method, new URL(path, "https://mesh.test"));
    expect(found).toMatchObject({ ok: false, error: { code: "METHOD_NOT_ALLOWED", allow } });
    if (!found.ok) expect(found.error.message).toContain(method);
  });

  test("every method that Allow names, but OPTIONS, finds a route", async () => {
    const found = await match("PATCH", new URL("https://mesh.test/pieces/7"));
    const allowed = found.ok ? [] : (found.error.allow ?? []);
    expect(allowed).toContain("HEAD");
    for (const method of allowed.filter((name) => name !== "OPTIONS")) {
      expect(await nameOf(method, "/pieces/7")).not.toMatch(/NOT/);
    }
  });

  test("parameters are as they stand in the path, and of a query given twice the last counts", async () => {
    const found = await match("GET", new URL("https://mesh.test/pieces/a%2Fb?page=1&q=two%20words&page=2"));
    expect(found).toMatchObject({
      ok: true,
      value: { params: { id: "a%2Fb" }, query: { page: "2", q: "two words" } },
    });
  });

  test("a query with a name that every object has is a query like any other", async () => {
    const found = await match("GET", new URL("https://mesh.test/pieces?__proto__=x&constructor=y"));
    const query = found.ok ? found.value.query : {};
    expect(Object.entries(query)).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect("x" in {}).toBe(false);
  });

  test("a parameter takes any one segment, and never a second", async () => {
    await fc.assert(
      fc.asyncProperty(fc.webSegment(), async (segment) => {
        const url = new URL(`https://mesh.test/pieces/${segment}`);
        fc.pre(url.pathname === `/pieces/${segment}` && segment !== "");
        const found = await match("GET", url);
        expect(found).toMatchObject({ ok: true, value: { route: { name: "get" }, params: { id: segment } } });
        expect(await nameOf("GET", `${url.pathname}/x`)).toBe("NOT_FOUND");
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test("a message about a path that there isn't quotes little of it", async () => {
    const found = await match("GET", new URL(`https://mesh.test/${"x".repeat(8000)}`));
    if (!found.ok) expect(found.error.message.length).toBeLessThan(300);
    expect(found.ok).toBe(false);
  });
});

describe("the methods of a path", () => {
  test("always have OPTIONS, and HEAD exactly with GET", () => {
    const methods = fc.uniqueArray(fc.constantFrom("GET", "POST", "PUT", "DELETE"), { minLength: 1 });
    fc.assert(
      fc.property(methods, (given) => {
        const allowed = allowedMethods(given.map((method) => ({ method, path: "/" })));
        const heads = given.includes("GET") ? ["HEAD"] : [];
        expect([...allowed].sort()).toEqual([...given, ...heads, "OPTIONS"].sort());
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
