import { failed, ok, type Result } from "@crescendai/contracts";

/*
 * Server-sent events (WHATWG HTML, "Server-sent events") as our clients need them: a whole event at once, LF only, one line of
 * data.
 */

const encoder = new TextEncoder();

/** A comment that keeps the connection open. */
export const PING = encoder.encode(": ping\n\n");

/** The end of an answer: what every client of such streams knows. */
export const DONE = "[DONE]";

/** An event: its id first, so that whoever reads line by line has it when the data come. */
export function encodeEvent(turnId: string, number: number, data: string): Uint8Array {
  return encoder.encode(`id: ${turnId}-${number}\ndata: ${data}\n\n`);
}

/** Where a client is, as its `Last-Event-ID` says. */
export interface EventPosition {
  readonly turnId: string;
  readonly number: number;
}

const EVENT_ID = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,9})$/;

/** Reads a `Last-Event-ID`; null if there is none, VALIDATION_ERROR if it isn't one of ours. */
export function readEventId(header: string | null): Result<EventPosition | null> {
  if (header === null || header === "") return ok(null);
  const [, turnId, number] = EVENT_ID.exec(header) ?? [];
  return turnId === undefined || number === undefined
    ? failed({
        code: "VALIDATION_ERROR",
        message: "Last-Event-ID must be the id of an event of this answer.",
      })
    : ok({ turnId, number: Number(number) });
}

/** Largest piece of an answer in one event, in UTF-16 code units: the runtime cuts bodies at 4 KiB. */
const MAX_PIECE = 600;

/** A text in pieces that fit into an event each, never cut within a character. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const character of text) {
    if (piece.length + character.length > MAX_PIECE) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return piece === "" ? pieces : [...pieces, piece];
}
