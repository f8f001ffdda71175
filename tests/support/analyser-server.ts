import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { PERCEPTUAL_SCALES } from "@crescendai/contracts";

/** An answer of the protocol (docs/remote-analyser.md) that is in order. */
export const ANSWER = {
  model_version: "mert-330m-test",
  perception: Object.fromEntries(PERCEPTUAL_SCALES.map((scale, index) => [scale, index / 20])),
  perception_uncertainty: Object.fromEntries(PERCEPTUAL_SCALES.map((scale) => [scale, 0.1])),
};

/** How the server behaves to one request, after the first byte of which it is called. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

const JSON_TYPE = { "content-type": "application/json" };

/** Takes the whole file, and answers. */
export function answers(
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = JSON_TYPE,
): Behaviour {
  return (request, response) => {
    request.resume().on("end", () => response.writeHead(status, headers).end(body));
  };
}

export const answersWell = answers(200, JSON.stringify(ANSWER));

/** Ways to misbehave that a connection to the real world may show. */
export const MISBEHAVIOURS = {
  "resets the connection": (request) => request.socket.resetAndDestroy(),
  "ends the connection without a word": (request) => request.socket.end(),
  "speaks no HTTP": (request) => request.socket.end("hello\r\n\r\n"),
  "answers before it has read the file": (_request, response) => response.writeHead(500).end(),
  "hangs before its headers": (request) => request.resume(),
  "never reads the file": () => undefined,
  "hangs in the body": (request, response) => {
    request.resume();
    response.writeHead(200, JSON_TYPE).write('{"model_version":');
  },
  drips: (request, response) => {
    request.resume();
    response.writeHead(200, JSON_TYPE);
    const timer = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(timer));
  },
  "never ends": (request, response) => {
    request.resume();
    response.writeHead(200, JSON_TYPE);
    // A piece a turn: a socket that is gone takes everything, and the loop would never end.
    const timer = setInterval(() => response.write(" ".repeat(65_536)), 1);
    response.on("close", () => clearInterval(timer));
  },
  "sends a bomb": answers(200, gzipSync(Buffer.alloc(100_000_000, " ")), {
    ...JSON_TYPE,
    "content-encoding": "gzip",
  }),
  "promises more than it sends": (request, response) => {
    request.resume();
    response.writeHead(200, { ...JSON_TYPE, "content-length": "5000" });
    response.write("{}");
    response.socket?.end();
  },
  redirects: answers(307, "", { location: "/elsewhere" }),
  "answers with a page": answers(200, "<html></html>", { "content-type": "text/html" }),
  "answers with NaN": answers(200, JSON.stringify(ANSWER).replace("0.05", "NaN")),
  "answers another question": answers(200, '{"status":"ok"}'),
  "doesn't know us": answers(401, '{"error":"token a-test-token is not known"}'),
  "is busy for an hour": answers(429, "", { "retry-after": "3600" }),
} as const satisfies Record<string, Behaviour>;

/** What of a request the server keeps. */
export interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly body: Buffer;
}

/** A server on this machine that behaves as it is told to. */
export async function startAnalyserServer() {
  let behaviours: readonly Behaviour[] = [answersWell];
  let requests = 0;
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const behaviour = behaviours[Math.min(requests, behaviours.length - 1)] ?? answersWell;
    requests += 1;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { headers, method, url } = request;
      received.push({ headers, method, url, body: Buffer.concat(chunks) });
    });
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    if (behaviour === MISBEHAVIOURS["never reads the file"]) request.pause();
    behaviour(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}/v1/analyse`,
    received,
    /** How many requests came since `behave`. */
    count: () => requests,
    /** From now on: one behaviour a request, the last one for ever. */
    behave(...next: readonly Behaviour[]) {
      behaviours = next;
      requests = 0;
      received.length = 0;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
