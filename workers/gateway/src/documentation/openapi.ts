import { ChatEventSchema, DOCUMENT_MEDIA_TYPES, ERRORS, ProblemDetailsSchema } from "@crescendai/contracts";
import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { version } from "../../package.json";
import type { FileForm, Route } from "../routes/route.ts";

/** The parts of an OpenAPI 3.1 document that we write. */
export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

/** An operation as OpenAPI 3.1 has it (https://spec.openapis.org/oas/v3.1.0#operation-object). */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** The OpenAPI document of a table of routes: every schema is the one that validates. */
export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "CrescendAI Server",
      version,
      description: "Send a recording of your piano playing; read what was heard and what to practise next.",
    },
    paths,
    components: {
      schemas: { Problem: schemaOf(ProblemDetailsSchema, "output") },
      securitySchemes: {
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
        bearer: { type: "http", scheme: "bearer" },
      },
    },
  };
}

function operationOf(route: Route): Operation {
  const requestBody = requestBodyOf(route);
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^A-Za-z0-9]+/g, "_")}`,
    summary: route.summary,
    security: securityOf(route),
    parameters: [
      ...parametersOf(route.params, "path"),
      ...parametersOf(route.query, "query"),
      ...(route.requestHeaders ?? []).map(
        (name): Parameter => ({ name, in: "header", required: false, schema: { type: "string" } }),
      ),
    ],
    ...(requestBody === null ? {} : { requestBody }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [
          status,
          answerOf(answer, route.alternative),
        ]),
      ),
      default: {
        description: `A problem: ${Object.keys(ERRORS).join(", ")}`,
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function schemaOf(schema: GenericSchema, typeMode: "input" | "output"): JsonSchema {
  // What JSON Schema can't say (a check in code) is left out of the document and stays in the validation.
  return toJsonSchema(schema, { typeMode, errorMode: "ignore" });
}

function parametersOf(schema: GenericSchema | undefined, place: "path" | "query"): Parameter[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input");
  return Object.entries(properties).flatMap(([name, property]) =>
    typeof property === "boolean"
      ? []
      : [{ name, in: place, required: required.includes(name), schema: property }],
  );
}

/** What a caller must show; the roles that it must have stand in the list (OpenAPI 3.1, Security Requirement Object). */
function securityOf({ access }: Route): Operation["security"] {
  if (access === "public") return [];
  return access === "admin"
    ? [{ apiKey: ["admin"] }, { bearer: ["admin"] }]
    : [{ apiKey: [] }, { bearer: [] }];
}

function requestBodyOf({ body, form }: Route): unknown {
  if (body === undefined && form === undefined) return null;
  return {
    ...(body === undefined ? { required: true } : {}),
    content: {
      ...(form === undefined ? {} : { "multipart/form-data": formOf(form) }),
      ...(body === undefined ? {} : { "application/json": { schema: schemaOf(body, "input") } }),
    },
  };
}

function formOf({ file, metadata, metadataRequired }: FileForm): unknown {
  const schema: JsonSchema = {
    type: "object",
    required: metadataRequired ? [file, "metadata"] : [file],
    properties: {
      [file]: { type: "string", format: "binary" },
      metadata: schemaOf(metadata, "input"),
    },
  };
  return { schema, encoding: { metadata: { contentType: "application/json" } } };
}

function answerOf(answer: Route["answers"][number], alternative: GenericSchema | undefined): unknown {
  switch (answer) {
    case "events":
      return {
        description: "Server-sent events: data lines of JSON, then data: [DONE]",
        content: {
          // What a data line holds; OpenAPI 3.1 knows no form of its own for a stream.
          "text/event-stream": { schema: schemaOf(ChatEventSchema, "output") },
          ...(alternative === undefined
            ? {}
            : { "application/json": { schema: schemaOf(alternative, "output") } }),
        },
      };
    case "audio":
      return {
        description: "Audio",
        content: { "audio/*": { schema: { type: "string", format: "binary" } } },
      };
    case "document":
      return {
        description: "The document",
        content: Object.fromEntries(
          DOCUMENT_MEDIA_TYPES.map((type) => [type, { schema: { type: "string", format: "binary" } }]),
        ),
      };
    case "html":
      return { description: "A page", content: { "text/html": { schema: { type: "string" } } } };
    case "empty":
      return { description: "No content" };
    case "json":
      return { description: "JSON", content: { "application/json": { schema: { type: "object" } } } };
    default:
      return {
        description: "The answer",
        content: { "application/json": { schema: schemaOf(answer, "output") } },
      };
  }
}
