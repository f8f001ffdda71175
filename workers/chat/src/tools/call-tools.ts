import { failed, type Result, type ServiceError, type ToolCall } from "@crescendai/contracts";
import { describeCause, type Logger, withTimeLimit } from "@crescendai/worker-kit";
import type { ToolCallRecord } from "../answer/rounds.ts";
import { forgetUserContext } from "./forget-user-context.ts";
import type { ToolContext } from "./tool.ts";
import { findTool, TOOL_DEFINITIONS } from "./toolbox.ts";

/** Calls of one round that are carried out, and that are answered at all, at most; beyond it a model in a loop isn't heard. */
const MAX_CALLS = 8;
const MAX_ANSWERED = 16;

/** Longest that a tool may take, in milliseconds: siblings answer in some tens of milliseconds. */
const TOOL_TIMEOUT_MS = 15_000;

/** A call of the model made fit for the history: whatever it wrote, a strict provider takes it. */
export interface ReadableCall {
  readonly id: string;
  readonly name: string;
  /** The arguments; null where the model wrote no JSON object. */
  readonly given: Readonly<Record<string, unknown>> | null;
}

/** Reads calls as the model wrote them. Ids are made anew, unique in the session: models repeat theirs. */
export function readCalls(calls: readonly ToolCall[], turnId: string, before: number): ReadableCall[] {
  return calls.slice(0, MAX_ANSWERED).map(({ function: { name, arguments: text } }, index) => ({
    id: `call_${turnId.replaceAll("-", "")}_${before + index}`,
    name: /^[a-zA-Z0-9_-]{1,64}$/.test(name) ? name : "unknown_tool",
    given: readObject(text),
  }));
}

/**
 * Carries out the calls of a round, all at once, but for what is to be forgotten, which goes first: what is saved in its place
 * is to stay. Each has a result or an error as data; none throws.
 */
export async function callTools(
  calls: readonly ReadableCall[],
  context: ToolContext,
  log: Logger,
): Promise<ToolCallRecord[]> {
  const carryOut = async (call: ReadableCall, index: number): Promise<ToolCallRecord> => {
    const outcome =
      index < MAX_CALLS
        ? await inTime(callTool(call, context, log))
        : failed({
            code: "VALIDATION_ERROR" as const,
            message: `At most ${MAX_CALLS} tools can be called at once.`,
          });
    const result = outcome.ok ? outcome.value : { error: shownError(outcome.error) };
    return {
      id: call.id,
      name: call.name,
      arguments: JSON.stringify(call.given ?? {}),
      result: JSON.stringify(result),
    };
  };
  const isFirst = ({ name }: ReadableCall) => name === forgetUserContext.definition.name;
  const first = await Promise.all(
    calls.map((call, index) => (isFirst(call) ? carryOut(call, index) : undefined)),
  );
  return await Promise.all(calls.map((call, index) => first[index] ?? carryOut(call, index)));
}

async function callTool(call: ReadableCall, context: ToolContext, log: Logger): Promise<Result<unknown>> {
  const tool = findTool(call.name);
  if (tool === null) {
    const names = TOOL_DEFINITIONS.map(({ name }) => name).join(", ");
    return failed({ code: "NOT_FOUND", message: `There is no tool ${call.name}. The tools are ${names}.` });
  }
  if (call.given === null) {
    return failed({ code: "VALIDATION_ERROR", message: "The arguments must be a JSON object." });
  }
  try {
    return await tool.run(call.given, context);
  } catch (cause) {
    log.error("tool threw", { cause: `${call.name}: ${describeCause(cause)}` });
    return failed({ code: "INTERNAL_ERROR", message: "The tool failed. Answer without it." });
  }
}

function shownError({ code, message, errors }: ServiceError): unknown {
  return { code, message, ...(errors === undefined ? {} : { errors }) };
}

/** What a call comes to (`callTool`, which doesn't throw), if it does in time. */
async function inTime(work: Promise<Result<unknown>>): Promise<Result<unknown>> {
  try {
    return await withTimeLimit(work, TOOL_TIMEOUT_MS);
  } catch {
    return failed({ code: "SERVICE_UNAVAILABLE", message: "The tool took too long. Answer without it." });
  }
}

function readObject(text: string): Readonly<Record<string, unknown>> | null {
  // Some models write nothing where a tool takes nothing.
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return Object.fromEntries(Object.entries(value));
  } catch {
    return null;
  }
}
