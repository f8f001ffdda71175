import type { ChatMessage } from "@crescendai/contracts";
import * as v from "valibot";
import { CitationFilter } from "../answer/citation-filter.ts";
import type { Round } from "../answer/rounds.ts";

/** Stands for an answer that was never given: after a question there must be one before the next. */
const NO_ANSWER = "(This question was not answered.)";

/** Longest question or answer of an earlier turn that is sent again, in characters; beyond it, its beginning and its end. */
const MAX_EARLIER_TEXT = 8000;

/** A question with its answer; null where there is none. `seq` of its last message. */
export interface Exchange {
  readonly seq: number;
  readonly question: string;
  readonly rounds: readonly Round[] | null;
}

/** An answer as the wire has it: in each round what was said and called, right after it the result of every call. */
export function roundRows(rounds: readonly Round[]): ChatMessage[] {
  return rounds.flatMap(({ said, calls }): ChatMessage[] => {
    if (calls.length === 0) return said === "" ? [] : [{ role: "assistant", content: said }];
    return [
      {
        role: "assistant",
        content: said === "" ? null : said,
        tool_calls: calls.map(({ id, name, arguments: text }) => ({
          id,
          type: "function" as const,
          function: { name, arguments: text },
        })),
      },
      ...calls.map(({ id, result }) => ({ role: "tool" as const, tool_call_id: id, content: result })),
    ];
  });
}

/** An earlier exchange for the model: with its tools, or without them where there is no room. */
export function exchangeRows({ question, rounds }: Exchange, withTools: boolean): ChatMessage[] {
  const said = (rounds ?? []).map((round) => round.said).join("");
  const kept = withTools ? (rounds ?? []).map(withoutNumbers) : [{ said, calls: [] }];
  const rows = roundRows(kept.map((round) => ({ ...round, said: shortened(withoutMarkers(round.said)) })));
  const last = rows.at(-1);
  const answered = last?.role === "assistant" && last.tool_calls === undefined;
  return [
    { role: "user", content: shortened(question) },
    ...rows,
    ...(answered ? [] : [{ role: "assistant" as const, content: NO_ANSWER }]),
  ];
}

/** Numbers of citations hold for one turn: in a later one they would name other passages. */
function withoutMarkers(text: string): string {
  const filter = new CitationFilter(() => false);
  return filter.push(text).text + filter.end().text;
}

function withoutNumbers({ said, calls }: Round): Round {
  return { said, calls: calls.map((call) => ({ ...call, result: withoutNumber(call.result) })) };
}

/** A result of a search without the numbers of its passages; any other result as it is. */
function withoutNumber(result: string): string {
  const found = v.safeParse(NumberedSchema, result);
  if (!found.success) return result;
  const { results, ...rest } = found.output;
  return JSON.stringify({ ...rest, results: results.map(({ number: _number, ...passage }) => passage) });
}

const NumberedSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({ results: v.array(v.looseObject({ number: v.number() })) }),
);

function shortened(text: string): string {
  if (text.length <= MAX_EARLIER_TEXT) return text;
  const half = MAX_EARLIER_TEXT / 2;
  return `${text.slice(0, half).toWellFormed()}\n[…]\n${text.slice(-half).toWellFormed()}`;
}
