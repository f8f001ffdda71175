import type { ToolDefinition } from "@crescendai/contracts";
import { compareRecordings } from "./compare-recordings.ts";
import { forgetUserContext } from "./forget-user-context.ts";
import { getPerformanceAnalysis } from "./get-performance-analysis.ts";
import { getUserContext } from "./get-user-context.ts";
import { listRecordings } from "./list-recordings.ts";
import { searchKnowledgeBase } from "./search-knowledge-base.ts";
import type { Tool } from "./tool.ts";
import { updateUserContext } from "./update-user-context.ts";

const TOOLS: readonly Tool[] = [
  searchKnowledgeBase,
  getPerformanceAnalysis,
  listRecordings,
  compareRecordings,
  getUserContext,
  updateUserContext,
  forgetUserContext,
];

/** The tools as the model is offered them. */
export const TOOL_DEFINITIONS: readonly ToolDefinition[] = TOOLS.map(({ definition }) => definition);

/** The tool of a name, or null. */
export function findTool(name: string): Tool | null {
  return TOOLS.find(({ definition }) => definition.name === name) ?? null;
}
