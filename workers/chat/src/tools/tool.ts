import type { Caller, Result, ServiceError, ToolDefinition } from "@crescendai/contracts";
import { validate } from "@crescendai/worker-kit";
import { toJsonSchema } from "@valibot/to-json-schema";
import type * as v from "valibot";
import type { RetrievedPassages } from "../answer/passages.ts";
import type { Services } from "../services.ts";

/** What a tool works with: on whose behalf, with which siblings, in which turn. */
export interface ToolContext {
  readonly caller: Caller;
  readonly services: Services;
  /** Gives passages their numbers, one numbering for the turn. */
  readonly passages: RetrievedPassages;
  /** Reads all that the player has said in this session. */
  readonly readQuestions: () => Promise<Result<readonly string[]>>;
  /** What the player said last: what is being answered. */
  readonly question: string;
  /** Told each text that was saved in the player's context, so that the answer confirms it. */
  readonly saved: (texts: readonly string[]) => void;
  /** What was saved in this turn before: what is to be forgotten isn't that. */
  readonly savedBefore: readonly string[];
  /** Told each text that was taken out of it, so that the answer confirms that. */
  readonly forgotten: (texts: readonly string[]) => void;
}

/** A tool that the model may call: what it is offered as, and what it does with checked arguments. */
export interface Tool {
  readonly definition: ToolDefinition;
  /** Never throws for what the model sends; a fault is a value. */
  readonly run: (argumentsGiven: unknown, context: ToolContext) => Promise<Result<unknown>>;
}

/** A tool from one schema: the model is shown it as JSON Schema, its arguments are checked with it. */
export function defineTool<Schema extends v.GenericSchema>(
  name: string,
  description: string,
  schema: Schema,
  execute: (argumentsGiven: v.InferOutput<Schema>, context: ToolContext) => Promise<Result<unknown>>,
): Tool {
  const { $schema: _dialect, ...parameters } = toJsonSchema(schema, {
    typeMode: "input",
    errorMode: "ignore",
  });
  return {
    definition: { name, description, parameters: { ...parameters } },
    async run(argumentsGiven, context) {
      const checked = validate(schema, argumentsGiven, "arguments");
      return checked.ok ? await execute(checked.value, context) : checked;
    },
  };
}

/** Marks what a tool gives as data that was written by others. */
export function quoted<Data extends object>(data: Data): Data & { readonly material: "quoted" } {
  return { material: "quoted", ...data };
}

/** What the model gets for a recording that isn't the caller's, or isn't there. */
export function noSuchRecording(id: string): ServiceError {
  return { code: "NOT_FOUND", message: `The player has no recording ${id}.` };
}
