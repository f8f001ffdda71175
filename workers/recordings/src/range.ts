/** Which bytes of an object a request asks for: all, one range, or one that isn't there. */
export type ByteRange =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly offset: number; readonly length: number }
  | { readonly kind: "unsatisfiable" };

const WHOLE: ByteRange = { kind: "whole" };
const UNSATISFIABLE: ByteRange = { kind: "unsatisfiable" };

/**
 * Reads a `Range` header (RFC 9110 §14.1.2, §14.2) against an object of `size` bytes.
 *
 * What isn't a single well-formed byte range is answered with the whole, as the RFC allows for units, syntax and
 * numbers of ranges that a server doesn't serve. A last position past the end is cut to the end.
 */
export function parseRange(header: string | null, size: number): ByteRange {
  if (header === null) return WHOLE;
  const match = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header);
  if (match === null) return WHOLE;
  const [, first = "", last = ""] = match;
  return first === "" ? suffix(last, size) : rangeOf(BigInt(first), last === "" ? null : BigInt(last), size);
}

/** Positions are compared exactly: a header may hold numbers far beyond those of any file. */
function rangeOf(first: bigint, last: bigint | null, size: number): ByteRange {
  if (last !== null && last < first) return WHOLE;
  if (first >= size) return UNSATISFIABLE;
  const offset = Number(first);
  const end = last === null || last >= size ? size - 1 : Number(last);
  return { kind: "part", offset, length: end - offset + 1 };
}

function suffix(digits: string, size: number): ByteRange {
  if (digits === "") return WHOLE;
  const kept = Math.min(Number(digits), size);
  return kept === 0 ? UNSATISFIABLE : { kind: "part", offset: size - kept, length: kept };
}

/**
 * Whether an `If-None-Match` names the entity tag (RFC 9110 §13.1.2: weak comparison, `*` matches anything).
 */
export function matchesNoneMatch(header: string | null, etag: string): boolean {
  if (header === null) return false;
  if (header.trim() === "*") return true;
  return header.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}

/**
 * Whether a `Range` may be honoured under this `If-Range` (RFC 9110 §13.1.5: strong comparison of a tag, or exactly
 * the date of last modification, to the second).
 */
export function allowsRange(ifRange: string | null, etag: string, lastModified: Date): boolean {
  if (ifRange === null) return true;
  const value = ifRange.trim();
  if (value.startsWith('"') || value.startsWith("W/")) return value === etag;
  const date = Date.parse(value);
  return !Number.isNaN(date) && Math.floor(lastModified.getTime() / 1000) * 1000 === date;
}
