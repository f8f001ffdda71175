import { createServer } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { parentPort, workerData } from "node:worker_threads";
import * as v from "valibot";

/*
 * A provider of language models that answers whoever has the key, as long as it isn't told to fail. Of texts that are to be
 * reworded it says every third wrongly. It runs in a thread of its own, because a test that calls a binding holds up its own.
 *
 * `workerData` is the key; the first message that comes from it is its port, and those that go to it say whether to fail.
 */

const TextsSchema = v.array(v.object({ id: v.unknown(), text: v.string() }));
const RequestSchema = v.object({
  messages: v.array(v.object({ content: v.unknown() })),
  response_format: v.optional(v.unknown()),
});
const TaskSchema = v.pipe(v.string(), v.parseJson(), v.object({ texts: TextsSchema }));

let fails = false;
parentPort?.on("message", (wanted: unknown) => {
  fails = wanted === true;
});

/** What it says to a request. */
function contentFor(body: string): string {
  const { messages, response_format } = v.parse(RequestSchema, JSON.parse(body));
  if (response_format === undefined) return "Hello.";
  const { texts } = v.parse(TaskSchema, messages.at(-1)?.content);
  const reworded = texts.map(({ id, text }, index) => ({
    id,
    text: index % 3 === 0 ? `${text} Bravo, 100 %.` : `Here: ${text}`,
  }));
  return JSON.stringify({ texts: reworded });
}

const server = createServer(async (request, response) => {
  const body = await textOf(request);
  const isAllowed = !fails && request.headers.authorization === `Bearer ${workerData}`;
  response.writeHead(isAllowed ? 200 : 401, { "content-type": "application/json" }).end(
    JSON.stringify({
      model: "openai/gpt-5-nano-2025-08-07",
      choices: [
        { index: 0, message: { role: "assistant", content: contentFor(body) }, finish_reason: "stop" },
      ],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    }),
  );
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  parentPort?.postMessage(typeof address === "object" ? address?.port : null);
});
