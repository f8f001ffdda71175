import { type ChatEvent, failed, ok, type Result, type ServiceError } from "@crescendai/contracts";

/*
 * Server-sent events (WHATWG HTML, "Server-sent events") as our clients need them: a whole event at once, LF only, one line of
 * data.
 */

const encoder = new TextEncoder();

/** A comment that keeps the connection open. */
export const PING = encoder.encode(": ping\n\n");

/** The end of an answer: what every client of such streams knows. */
export const DONE = "[DONE]";

/** Where a client is, as its `Last-Event-ID` says. */
export interface EventPosition {
  readonly turnId: string;
  readonly number: number;
}

/**
 * An event: its id first, so that whoever reads line by line has it when the data come. Without a position it leaves the client
 * where it is.
 */
export function encodeEvent(data: string, position?: EventPosition): Uint8Array {
  const id = position === undefined ? "" : `id: ${position.turnId}-${position.number}\n`;
  return encoder.encode(`${id}data: ${data}\n\n`);
}

/** A failure as a client reads it. */
export function errorEvent({ code, message, retryAfter }: ServiceError): ChatEvent {
  const later = retryAfter === undefined ? {} : { retry_after: retryAfter };
  return { type: "error", error: code, message, ...later };
}

/**
 * What a client is told of an answer that can't be kept just now: an error and the end, both without a position, for how the
 * answer ends isn't written down yet.
 */
export function encodeNotKept(error: ServiceError): Uint8Array[] {
  return [encodeEvent(JSON.stringify(errorEvent(error))), encodeEvent(DONE)];
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
