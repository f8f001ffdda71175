import { createServer, type ServerResponse } from "node:http";

/** A provider of language models over HTTP: it says the same words to everybody, and then ends, or never does. */
export interface LanguageModelServer {
  readonly url: string;
  /** Whether answers are to break off after the first words from now on. */
  hang(hanging: boolean): void;
  close(): void;
}

const FIRST_WORDS = "As far as this";
const LAST_WORDS = " and no further.";

/** Everything that an answer says that isn't left hanging. */
export const WHOLE_ANSWER = `${FIRST_WORDS}${LAST_WORDS}`;
/** What one that is left hanging says. */
export const HALF_ANSWER = FIRST_WORDS;

export async function startLanguageModelServer(): Promise<LanguageModelServer> {
  let hanging = false;
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => answer(response, hanging));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    hang(wanted) {
      hanging = wanted;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(response: ServerResponse, hanging: boolean): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const send = (delta: unknown, finish_reason: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({
        id: "answer",
        object: "chat.completion.chunk",
        created: 0,
        model: "scripted",
        choices: [{ index: 0, delta, finish_reason }],
      })}\n\n`,
    );
  send({ role: "assistant", content: FIRST_WORDS });
  if (hanging) return;
  send({ content: LAST_WORDS });
  send({}, "stop");
  response.end("data: [DONE]\n\n");
}
