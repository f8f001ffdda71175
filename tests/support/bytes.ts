import { createHash } from "node:crypto";

type Piece = string | number | Uint8Array | readonly number[];

/** Bytes one after the other: text as Latin-1, a number as one byte. */
export function joined(...pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(pieces.map(bytesOf)));
}

function bytesOf(piece: Piece): Uint8Array {
  if (piece instanceof Uint8Array) return piece;
  if (typeof piece === "string") return Buffer.from(piece, "latin1");
  return Uint8Array.from(typeof piece === "number" ? [piece] : piece);
}

/** Four bytes, the highest first. */
export function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

/** A box of an MP4 file (ISO 14496-12): its length, its type, and what is in it. */
export function box(type: string, ...content: readonly Piece[]): Uint8Array<ArrayBuffer> {
  const body = joined(...content);
  return joined(bigEndian(body.length + 8), type, body);
}

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
