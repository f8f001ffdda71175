import { ERROR_CODES } from "@crescendai/contracts";
import { createRouteMatcher } from "@crescendai/worker-kit";
import { captureLog } from "@crescendai/worker-testing/captured-log";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { type OpenApiDocument, openApiDocument } from "../src/documentation/openapi.ts";
import { referencePage } from "../src/documentation/reference-page.ts";
import { RATE_LIMITS, type Route } from "../src/routes/route.ts";
import { routes } from "../src/routes.ts";
import { applyMigrations, callWith, jsonBody } from "./support/mesh.ts";

const EXAMPLE_ID = "0b6a2f8e-7a51-4a0d-8c53-6f5f0f0e9a11";

/** An answer of an operation that is a JSON object with a known set of members. */
const JsonAnswerSchema = v.looseObject({
  content: v.strictObject({
    "application/json": v.strictObject({
      schema: v.looseObject({
        type: v.literal("object"),
        additionalProperties: v.literal(false),
        properties: v.record(v.string(), v.unknown()),
        required: v.array(v.string()),
      }),
    }),
  }),
});

function nameOf({ method, path }: Pick<Route, "method" | "path">): string {
  return `${method} ${path}`;
}

/** A path that the route's pattern means. */
function examplePath({ path }: Route): string {
  return path.replace(/:\w+/g, EXAMPLE_ID);
}

const named = routes.map((route): [string, Route] => [nameOf(route), route]);

describe("the table of routes", () => {
  test("has every method of a path once", () => {
    const names = named.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(named)("%s isn't hidden by another route", async (_, route) => {
    const found = await createRouteMatcher(routes)(
      route.method,
      new URL(examplePath(route), "https://mesh.test"),
    );
    expect(found.ok && found.value.route).toBe(route);
  });

  test.each(named.filter(([, { access }]) => access !== "public"))(
    "%s counts against a limit",
    (_, route) => {
      expect(Object.keys(RATE_LIMITS)).toContain(route.rateCategory);
    },
  );

  test.each(named.filter(([, { access }]) => access === "public"))(
    "%s, which anybody may call, changes nothing and is answered here",
    (_, route) => {
      expect([route.method, route.service, route.rateCategory]).toEqual(["GET", "gateway", null]);
    },
  );

  test.each(named)(
    "%s has a limit for its body, and a body only where a body means something",
    (_, route) => {
      expect(route.maxBodyBytes).toBeGreaterThan(0);
      expect(route.maxBodyBytes).toBeLessThanOrEqual(51 * 1024 * 1024);
      if (route.body !== undefined) expect(["POST", "PUT"]).toContain(route.method);
    },
  );

  test.each(named)("%s says what its path's parameters are", (_, route) => {
    const parameters = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    expect(parameters.length > 0).toBe(route.params !== undefined);
    const operation = openApiDocument([route]).paths[route.path.replace(/:(\w+)/g, "{$1}")];
    const described = operation?.[route.method.toLowerCase()]?.parameters.filter(
      ({ in: place }) => place === "path",
    );
    expect(described?.map(({ name }) => name)).toEqual(parameters);
    expect(described?.every(({ required }) => required)).toBe(true);
  });

  test("has the limits of the contract", () => {
    expect(RATE_LIMITS).toEqual({
      upload: 20,
      chat: 30,
      feedback: 30,
      write: 60,
      read: 300,
      administration: 3000,
    });
  });

  test.each(named.filter(([, { service }]) => service === "gateway"))(
    "%s, which the gateway answers itself, has a handler",
    async (_, route) => {
      captureLog();
      await applyMigrations();
      const init = route.body === undefined ? { method: route.method } : jsonBody(route.method, {});
      const answer = await callWith({}, examplePath(route), init);
      expect(answer.status).toBe(200);
    },
  );
});

describe("the OpenAPI document", () => {
  const document: OpenApiDocument = openApiDocument(routes);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

  test("has every route, and only those", () => {
    const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(described.sort()).toEqual(named.map(([name]) => name.replace(/:(\w+)/g, "{$1}")).sort());
  });

  test("gives every operation an id of its own", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(named)(
    "%s has a JSON schema for each of its answers, and the problem for all else",
    (_, route) => {
      const operation = operations.find(
        ({ path, method }) => `${method.toUpperCase()} ${path}` === nameOf(route).replace(/:(\w+)/g, "{$1}"),
      );
      const responses = operation?.operation.responses ?? {};
      expect(Object.keys(responses)).toEqual([...Object.keys(route.answers), "default"]);
      for (const [status, answer] of Object.entries(route.answers)) {
        if (typeof answer === "string") continue;
        const { schema } = v.parse(JsonAnswerSchema, responses[status]).content["application/json"];
        expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(schema.required));
      }
    },
  );

  test("demands credentials exactly where they are demanded", () => {
    for (const { path, method, operation } of operations) {
      const route = routes.find(
        (one) => nameOf(one) === `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`,
      );
      expect(operation.security.length > 0).toBe(route?.access !== "public");
    }
  });

  test("refers to nothing that it doesn't have", () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference);
    expect(new Set(references)).toEqual(new Set(["#/components/schemas/Problem"]));
    expect(Object.keys(document.components.schemas)).toEqual(["Problem"]);
    expect(text).not.toContain("[object Object]");
  });
});

describe("the reference page", () => {
  const page = referencePage(openApiDocument(routes));

  test("has every route, and an anchor for every error, which is where a problem's type points", () => {
    for (const { path } of routes) expect(page).toContain(path.replace(/:(\w+)/g, "{$1}"));
    for (const code of ERROR_CODES) expect(page).toContain(`id="error-${code}"`);
  });

  test("needs no script", () => {
    expect(page).not.toMatch(/<script|\son\w+=/i);
  });

  test("shows text as text, whatever is in it", () => {
    const [first] = routes;
    const hostile = referencePage(
      openApiDocument([{ ...first, summary: '<img src=x onerror="alert(1)"> & more' }]),
    );
    expect(hostile).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; more");
    expect(hostile).not.toContain("<img");
  });
});
