import { connect } from "node:net";
import type { AnswerLike } from "./problem.ts";

export interface RawAnswer extends AnswerLike {
  readonly body: Uint8Array;
  /** The chunks in which it was sent; one, where its length was said. */
  readonly chunks: readonly Uint8Array[];
}

/** How a request that is written by hand goes on: the pieces of it, one after the other. */
export interface RawRequest {
  readonly head: readonly string[];
  readonly body?: Uint8Array | string;
  /** Whether our side of the connection is closed behind the body, as by a client that has no more to say. */
  readonly halfClose?: boolean;
}

/** Sends a request byte for byte, as `fetch` refuses to, and reads the first answer. */
export function sendRaw(url: URL, { head, body = "", halfClose = false }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), allowHalfOpen: true });
    const received: Buffer[] = [];
    const done = () => {
      socket.destroy();
      try {
        resolve(parseAnswer(Buffer.concat(received)));
      } catch (cause) {
        reject(cause);
      }
    };
    socket.on("data", (chunk) => {
      received.push(chunk);
      if (isWhole(Buffer.concat(received))) done();
    });
    socket.on("end", done);
    socket.on("error", (cause) => (received.length > 0 ? done() : reject(cause)));
    const [requestLine, ...headers] = head;
    // latin1, so that a header can hold any byte.
    socket.write(
      [requestLine, `Host: ${url.host}`, ...headers, "Connection: close", "", ""].join("\r\n"),
      "latin1",
    );
    socket.write(body);
    if (halfClose) socket.end();
  });
}

const HEAD_END = "\r\n\r\n";

function isWhole(bytes: Buffer): boolean {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return false;
  const length = /^content-length: *(\d+)/im.exec(bytes.toString("latin1", 0, headEnd))?.[1];
  return length !== undefined && bytes.length >= headEnd + HEAD_END.length + Number(length);
}

function parseAnswer(bytes: Buffer): RawAnswer {
  const headEnd = bytes.indexOf(HEAD_END);
  const [statusLine = "", ...lines] = bytes.toString("latin1", 0, Math.max(0, headEnd)).split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  if (headEnd < 0 || Number.isNaN(status)) {
    throw new Error(`no HTTP answer, but ${bytes.length} bytes: ${bytes.toString("latin1").slice(0, 200)}`);
  }
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const raw = bytes.subarray(headEnd + HEAD_END.length);
  const chunks = headers.get("transfer-encoding") === "chunked" ? dechunk(raw) : [raw];
  const body = Buffer.concat(chunks);
  return { status, headers, body, chunks, json: async () => JSON.parse(body.toString("utf8")) };
}

function dechunk(bytes: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const length = lineEnd < 0 ? 0 : Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (!(length > 0)) return chunks;
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
  }
}
