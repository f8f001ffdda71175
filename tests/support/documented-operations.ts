import * as v from "valibot";
import type { Mesh } from "./mesh.ts";

const OperationSchema = v.object({
  security: v.array(v.record(v.string(), v.array(v.string()))),
  parameters: v.array(
    v.object({ name: v.string(), in: v.picklist(["path", "query", "header"]), required: v.boolean() }),
  ),
  requestBody: v.optional(v.object({ content: v.record(v.string(), v.unknown()) })),
  responses: v.record(v.string(), v.object({ content: v.optional(v.record(v.string(), v.unknown())) })),
});

/** With routes in it: tests that go through all of them would hold of none. */
const DocumentSchema = v.object({
  paths: v.pipe(v.record(v.string(), v.record(v.string(), OperationSchema)), v.minEntries(1)),
});

/** One row of the table of routes, as the server itself documents it. */
export interface Operation extends v.InferOutput<typeof OperationSchema> {
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
  readonly isForAdmins: boolean;
}

/** Every route there is, read from `/openapi.json`, so that tests cover what is added later. */
export async function documentedOperations(mesh: Mesh): Promise<Operation[]> {
  const { paths } = v.parse(DocumentSchema, await (await mesh.fetch("/openapi.json")).json());
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      isPublic: operation.security.length === 0,
      isForAdmins: operation.security.some((roles) => Object.values(roles).flat().includes("admin")),
    })),
  );
}

/** The headers of somebody who may call an operation, where no keys are configured: a user, or the operator. */
export function allowedHeaders({ isForAdmins }: Operation, user: string): Record<string, string> {
  return isForAdmins ? {} : { "x-user-id": user };
}

/** Values of query parameters that some operation can't do without. */
const QUERY_VALUES: Readonly<Record<string, string>> = { q: "even scales" };

/** The query that an operation needs at least: "" for most. */
export function neededQuery({ path, parameters }: Operation): string {
  const needed = parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  if (needed.length === 0) return "";
  return `?${new URLSearchParams(
    needed.map(({ name }) => {
      const value = QUERY_VALUES[name];
      if (value === undefined) throw new Error(`no value for ?${name}= of ${path}: add one to the tests`);
      return [name, value];
    }),
  )}`;
}

/** A documented path with its parameters filled in; one that isn't known here must be taught to the tests. */
export function filledPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}} of ${path}: add one to the test`);
    return value;
  });
}
