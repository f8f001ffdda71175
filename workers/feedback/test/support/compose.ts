import type { Analysis, AnalysisResult, Feedback, UserContext } from "@crescendai/contracts";
import { type Consulted, composeFeedback as compose } from "../../src/composition/compose-feedback.ts";
import { composeResult as composeForWeb } from "../../src/composition/compose-result.ts";
import type { History } from "../../src/composition/history.ts";
import type { JobMeta } from "../../src/composition/meta.ts";
import { readAnalysis } from "../../src/composition/reading.ts";
import { NO_SOURCES } from "../../src/library/choose-sources.ts";

export const WITHOUT_LIBRARY: Consulted = { sources: NO_SOURCES, knowledge: "unavailable" };

/** Reads an analysis and composes the feedback on it, as a request does; without the library if it isn't given. */
export function composeFeedback(
  analysis: Analysis,
  context: UserContext,
  meta: JobMeta,
  history: History = [],
  consulted: Consulted = WITHOUT_LIBRARY,
): Feedback {
  return compose(analysis, readAnalysis(analysis, context, history, meta.created_at), meta, consulted);
}

/** The same in the web client's shape. */
export function composeResult(
  analysis: Analysis,
  context: UserContext,
  meta: JobMeta,
  history: History = [],
  { sources }: Consulted = WITHOUT_LIBRARY,
): AnalysisResult {
  return composeForWeb(readAnalysis(analysis, context, history, meta.created_at), meta, sources);
}
