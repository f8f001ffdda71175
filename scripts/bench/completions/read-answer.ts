import * as v from "valibot";
import { readEvents } from "../../chat/read-events.ts";

/** An answer as it came, in milliseconds: until its first word, each word from its saying to its arrival, between two words. */
export interface Heard {
  readonly first: number;
  readonly delays: readonly number[];
  readonly perWord: number;
}

/** An event of chat, or a chunk of the provider: as far as either says something. */
const SaidSchema = v.union([
  v.pipe(
    v.object({ type: v.literal("token"), content: v.string() }),
    v.transform(({ content }) => content),
  ),
  v.pipe(
    v.object({
      choices: v.tuple([v.object({ delta: v.object({ content: v.optional(v.string(), "") }) })]),
    }),
    v.transform(({ choices: [{ delta }] }) => delta.content),
  ),
]);

/**
 * Reads an answer of the scripted provider, straight from it or through chat. Throws unless it holds as many words as were asked
 * for, in order, and ends with `[DONE]`.
 *
 * @param asked when it was asked for, in milliseconds of `now`.
 */
export async function readAnswer(answer: Response, asked: number, words: number): Promise<Heard> {
  if (answer.status !== 200 || answer.body === null)
    throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
  const said: number[] = [];
  const heard: number[] = [];
  let [before, last] = ["", ""];
  for await (const data of readEvents(answer.body)) {
    [before, last] = [last, data];
    const event = v.safeParse(v.pipe(v.string(), v.parseJson(), SaidSchema), data);
    for (const [word] of event.success ? event.output.matchAll(/\d+/g) : []) {
      said.push(Number(word) / 1e6);
      heard.push(now());
    }
  }
  if (last !== "[DONE]" || said.length !== words || said.some((time, at) => time < (said[at - 1] ?? 0)))
    throw new Error(`an answer isn't whole: ${said.length} of ${words} words, then ${before} and ${last}`);
  const [first = Number.NaN] = heard;
  return {
    first: first - asked,
    delays: heard.map((time, at) => time - (said[at] ?? Number.NaN)),
    perWord: ((heard.at(-1) ?? Number.NaN) - first) / (words - 1),
  };
}

/** Milliseconds of the clock that the provider's thread has too. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
