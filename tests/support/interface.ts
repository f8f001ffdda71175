import * as v from "valibot";
import type { Mesh } from "./mesh.ts";

const OperationSchema = v.object({
  security: v.array(v.unknown()),
  parameters: v.array(v.object({ name: v.string(), in: v.picklist(["path", "query", "header"]) })),
  requestBody: v.optional(v.object({ content: v.record(v.string(), v.unknown()) })),
  responses: v.record(v.string(), v.object({ content: v.optional(v.record(v.string(), v.unknown())) })),
});

const DocumentSchema = v.object({ paths: v.record(v.string(), v.record(v.string(), OperationSchema)) });

/** One row of the table of routes, as the server itself documents it. */
export interface Operation extends v.InferOutput<typeof OperationSchema> {
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
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
    })),
  );
}

/** A documented path with its parameters filled in; one that isn't known here must be taught to the tests. */
export function filledPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}} of ${path}: add one to the test`);
    return value;
  });
}
