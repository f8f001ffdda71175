import type * as v from "valibot";
import { type Message, toolCallsOf } from "../wire/messages.ts";
import type { CompletionRequest, Tool } from "../wire/read-request.ts";
import { findMatching } from "./embedded-json.ts";
import { idIn, UUID } from "./language/cues.ts";
import { type ReadMessage, readMessage, type ToldFacts } from "./told-facts.ts";
import {
  type Analysis,
  AnalysisSchema,
  ContextSchema,
  FailureSchema,
  type Passage,
  RecordingsSchema,
  SearchSchema,
} from "./tool-results.ts";
import { withNameAnswered, withQuestionBefore } from "./whole-question.ts";

/** A tool that was called, and the text that it returned. */
export interface CalledTool {
  readonly name: string;
  /** JSON. */
  readonly arguments: string;
  readonly content: string;
}

/** A conversation as the coach reads it. */
export interface Conversation {
  /** What the player asked last; empty if they only told something. */
  readonly question: string;
  /** What they told about themselves with it. */
  readonly told: ToldFacts | null;
  /** The instructions at the beginning. */
  readonly instructions: string;
  readonly tools: readonly Tool[];
  /** Tools that were called since the player spoke, in order. */
  readonly thisTurn: readonly CalledTool[];
  /** How often tools were called since then. */
  readonly rounds: number;
  /** What was asked and answered before, in order. */
  readonly before: readonly Exchange[];
}

/** A message of the player as a whole question and what it tells, what tools were called for it, and all that was answered. */
export interface Exchange extends ReadMessage {
  readonly called: readonly CalledTool[];
  readonly answer: string;
}

const NOTHING_SAID: Exchange = { question: "", told: null, called: [], answer: "" };

export function readConversation({ messages, tools }: CompletionRequest): Conversation {
  const last = messages.findLastIndex(({ role }) => role === "user");
  const exchanges = exchangesIn(messages);
  const { question, told, called } = exchanges.at(-1) ?? NOTHING_SAID;
  const system = messages.filter(({ role }) => role === "system" || role === "developer");
  return {
    question,
    told,
    instructions: system.map(({ content }) => content).join("\n"),
    tools,
    thisTurn: called,
    rounds: messages.slice(last + 1).filter((message) => toolCallsOf(message).length > 0).length,
    before: exchanges.slice(0, -1),
  };
}

/** A conversation, exchange by exchange; what stands before the first message of the player is the first. */
function exchangesIn(messages: readonly Message[]): Exchange[] {
  const starts = [-1, ...messages.flatMap(({ role }, at) => (role === "user" ? [at] : []))];
  const exchanges: Exchange[] = [];
  for (const [number, start] of starts.entries()) {
    const before = exchanges.at(-1) ?? NOTHING_SAID;
    const said = withNameAnswered(before.question, before.answer, readable(messages[start]?.content ?? ""));
    const { question, told } = readMessage(said);
    const rest = messages.slice(start + 1, starts[number + 1]);
    const answers = rest.flatMap(({ role, content }) => (role === "assistant" ? [content ?? ""] : []));
    const whole = withQuestionBefore(before.question, question);
    exchanges.push({ question: whole, told, called: calledTools(rest), answer: answers.join("\n") });
  }
  return exchanges;
}

/** Characters of a message that rules look through, which look back and forth: of a longer one its beginning and its end. */
const MOST_READ = 4000;

/** A message as rules read it, which have one blank between words: of many they'd try all ways to part them. */
function readable(content: string): string {
  const said = content.replaceAll(/\s+/g, (blanks) => (blanks.includes("\n") ? "\n" : " "));
  if (said.length <= MOST_READ) return said;
  return `${said.slice(0, MOST_READ / 2)}\n${said.slice(-MOST_READ / 2)}`;
}

/** All that was answered before the question. */
export function answersBefore({ before }: Conversation): string {
  return before.map(({ answer }) => answer).join("\n");
}

function calledTools(messages: readonly Message[]): CalledTool[] {
  const calls = new Map(messages.flatMap(toolCallsOf).map((call) => [call.id, call.function] as const));
  return messages.flatMap((message) => {
    const call = message.role === "tool" ? calls.get(message.tool_call_id) : undefined;
    return message.role === "tool" && call !== undefined ? [{ ...call, content: message.content }] : [];
  });
}

/** What the last call of a tool in this turn returned, read as its schema; null if it wasn't called or failed. */
export function returned<Schema extends v.GenericSchema>(
  { thisTurn }: Conversation,
  name: string,
  schema: Schema,
): v.InferOutput<Schema> | null {
  const called = thisTurn.findLast((tool) => tool.name === name);
  return called === undefined ? null : findMatching(schema, called.content);
}

export function isCalled({ thisTurn }: Conversation, name: string): boolean {
  return thisTurn.some((tool) => tool.name === name);
}

/** Whether the last call of a tool in this turn failed. */
export function hasFailed(conversation: Conversation, name: string): boolean {
  return returned(conversation, name, FailureSchema) !== null;
}

/** The latest analysis that the conversation knows: of this turn, of an earlier one, or of the instructions. */
export function knownAnalysis({ thisTurn, before, instructions }: Conversation): Analysis | null {
  const called = [...before.flatMap((exchange) => exchange.called), ...thisTurn];
  const read = called.filter(({ name }) => name === "get_performance_analysis").map(({ content }) => content);
  const analyses = [instructions, ...read].map((text) => findMatching(AnalysisSchema, text));
  return analyses.findLast((analysis) => analysis !== null) ?? null;
}

/** What each search of some tools found, in the order in which they were called. */
export function searchesOf(called: readonly CalledTool[]): Passage[][] {
  return called
    .filter(({ name }) => name === "search_knowledge_base")
    .map(({ content }) => findMatching(SearchSchema, content)?.results ?? []);
}

/**
 * What searches found, no passage twice: the documents in the order in which the first search has them, each with all its
 * passages.
 */
export function passagesOf(searches: readonly (readonly Passage[])[]): Passage[] {
  // An earlier turn's passages have no numbers any more.
  const key = ({ title, section, excerpt }: Passage) => JSON.stringify([title, section, excerpt]);
  const once = new Map(searches.flat().map((passage) => [key(passage), passage])).values();
  return [...Map.groupBy(once, ({ title }) => title).values()].flat();
}

export function recordingsOfTurn(conversation: Conversation) {
  return returned(conversation, "list_recordings", RecordingsSchema)?.recordings ?? null;
}

/** What the player said about themselves: as it was read in this turn, else as the instructions quote it. */
export function knownContext(conversation: Conversation) {
  const read = returned(conversation, "get_user_context", ContextSchema);
  return read ?? findMatching(ContextSchema, conversation.instructions);
}

/** The recording that the session is about, by the instructions: an id that follows the word "recording"; null if none. */
export function linkedRecording({ instructions }: Conversation): string | null {
  return new RegExp(`recording[^]{0,80}?(${UUID})`, "i").exec(instructions)?.[1]?.toLowerCase() ?? null;
}

/** The recording that the conversation is about: the one that the player names, else the session's, else the newest listed. */
export function recordingInQuestion(conversation: Conversation): string | null {
  const newest = () => recordingsOfTurn(conversation)?.[0]?.id ?? knownAnalysis(conversation)?.recording?.id;
  return idIn(conversation.question) ?? linkedRecording(conversation) ?? newest() ?? null;
}
