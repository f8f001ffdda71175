import type { AnalysisSummary, ChatMessage, UserContext } from "@crescendai/contracts";
import type { Round } from "../answer/rounds.ts";
import { historyWindow } from "./history-window.ts";
import { instructions } from "./instructions.ts";
import { type Exchange, roundRows } from "./message-rows.ts";

/** Tokens of earlier exchanges that are sent again at most: some twenty, without their tools. */
export const HISTORY_TOKENS = 8000;

/** All that an answer is asked with. */
export interface PromptInput {
  /** Null where it can't be had just now. */
  readonly player: UserContext | null;
  /** What is known of the recording that the session is about; null if it is about none. */
  readonly recording: AnalysisSummary | null;
  /** What was said before `earlier`, in short. */
  readonly summary: string | null;
  readonly earlier: readonly Exchange[];
  readonly question: string;
  /** What has come of the question so far. */
  readonly rounds: readonly Round[];
  readonly toolsAllowed: boolean;
}

/** The messages that the model is sent. */
export function buildPrompt(input: PromptInput): ChatMessage[] {
  return [
    { role: "system", content: instructions(input.toolsAllowed) },
    { role: "system", content: dataMessage(input) },
    ...historyWindow(input.earlier, HISTORY_TOKENS),
    { role: "user", content: input.question },
    ...roundRows(input.rounds),
  ];
}

/** What is known, as JSON: words of the player and names of files are strings in it, marked as quoted. */
function dataMessage({ player, recording, summary }: PromptInput): string {
  const data = {
    material: "quoted",
    player,
    recording,
    ...(summary === null ? {} : { earlier_in_this_conversation: summary }),
  };
  return `Data on this conversation, as JSON:\n${JSON.stringify(data)}`;
}
