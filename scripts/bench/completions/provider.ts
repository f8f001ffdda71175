// A language model's provider in a thread of its own: it says as many words as it is asked for, at the times that it is asked
// for, and each word is the time at which it is said, so that whoever reads it knows how long it took.
import { createServer, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import { readPace } from "./pace.ts";

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (text: string) => {
    body += text;
  });
  request.on("end", () => {
    if (/"stream":\s*true/.test(body)) void speak(response, body);
    else summarise(response);
  });
});
server.listen(0, "127.0.0.1", () => parentPort?.postMessage(server.address()));

async function speak(response: ServerResponse, body: string): Promise<void> {
  const { firstMs, words, apartMs } = readPace(body);
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  const started = performance.now();
  for (let word = 0; word < words; word += 1) {
    const early = started + firstMs + word * apartMs - performance.now();
    if (early > 0) await wait(early);
    send(response, { content: ` ${process.hrtime.bigint()}` });
  }
  send(response, {}, "stop");
  response.end("data: [DONE]\n\n");
}

/** Whole answers are asked for behind a conversation that has grown long, to sum it up. */
function summarise(response: ServerResponse): void {
  const message = { role: "assistant", content: "They asked for words." };
  response.setHeader("content-type", "application/json");
  response.end(
    JSON.stringify({ model: "scripted", choices: [{ index: 0, message, finish_reason: "stop" }] }),
  );
}

function send(response: ServerResponse, delta: object, finish_reason: string | null = null): void {
  const choices = [{ index: 0, delta, finish_reason }];
  const chunk = { id: "answer", object: "chat.completion.chunk", created: 0, model: "scripted", choices };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}
