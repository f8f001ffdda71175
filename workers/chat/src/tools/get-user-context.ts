import { ok } from "@crescendai/contracts";
import * as v from "valibot";
import { defineTool, quoted } from "./tool.ts";

/** What the player told us about themselves. */
export const getUserContext = defineTool(
  "get_user_context",
  "What the player told us about themselves: goals, constraints, repertoire, level, preferred style of feedback.",
  v.strictObject({}),
  async (_none, { caller, services }) => {
    const context = await services.getContext(caller.userId);
    return context.ok ? ok(quoted(context.value)) : context;
  },
);
