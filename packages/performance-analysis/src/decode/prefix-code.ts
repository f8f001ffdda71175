import type { BitReader } from "./bit-reader.ts";

/** Bits looked up at once; longer codewords take a second look-up. */
const ROOT_BITS = 9;
/** Bits that a reader can show at once; no codeword of MP3 or AAC has more than 19. */
const PEEKED_BITS = 25;
const LENGTH_BITS = 5;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;

/**
 * A complete prefix code as look-up tables. An entry is `symbol << 5 | length`, or for the start of longer codewords
 * the complement of `offset << 5 | bits` of a table for the bits that follow.
 */
export type PrefixCode = Int32Array;

/**
 * Builds the code whose codewords, in ascending order of their bits, have these lengths (1 … 25) and mean these symbols.
 * That order fixes the codewords if the code is complete, as every one of MP3 and AAC is: each is the one before plus
 * one in its last place.
 */
export function buildPrefixCode(lengths: readonly number[], symbols: readonly number[]): PrefixCode {
  const table: number[] = new Array(1 << ROOT_BITS).fill(0);
  let start = 0;
  for (let leaf = 0; leaf < lengths.length; leaf += 1) {
    const length = lengths[leaf];
    const entry = (symbols[leaf] << LENGTH_BITS) | length;
    const root = start >>> (PEEKED_BITS - ROOT_BITS);
    if (length <= ROOT_BITS) {
      table.fill(entry, root, root + (1 << (ROOT_BITS - length)));
    } else {
      const bits = longestUnder(root, lengths, leaf, start) - ROOT_BITS;
      if (table[root] === 0) {
        table[root] = ~((table.length << LENGTH_BITS) | bits);
        table.push(...new Array<number>(1 << bits).fill(0));
      }
      const link = ~table[root];
      const width = link & LENGTH_MASK;
      const first = (start >>> (PEEKED_BITS - ROOT_BITS - width)) & ((1 << width) - 1);
      const offset = (link >>> LENGTH_BITS) + first;
      table.fill(entry, offset, offset + (1 << (width + ROOT_BITS - length)));
    }
    start += 1 << (PEEKED_BITS - length);
  }
  return Int32Array.from(table);
}

/** The longest codeword from this leaf on that shares its first `ROOT_BITS` bits. */
function longestUnder(root: number, lengths: readonly number[], leaf: number, start: number): number {
  let longest = 0;
  for (let next = leaf, at = start; next < lengths.length; next += 1) {
    if (at >>> (PEEKED_BITS - ROOT_BITS) !== root) break;
    longest = Math.max(longest, lengths[next]);
    at += 1 << (PEEKED_BITS - lengths[next]);
  }
  return longest;
}

/** Reads one symbol. */
export function readSymbol(code: PrefixCode, reader: BitReader): number {
  const entry = lookUp(code, reader.peek25());
  reader.position += lengthOf(entry);
  return symbolOf(entry);
}

/** The entry of the codeword that these 25 bits begin with: `symbolOf` and `lengthOf` tell what it says. */
export function lookUp(code: PrefixCode, bits: number): number {
  const entry = code[bits >>> (PEEKED_BITS - ROOT_BITS)];
  if (entry >= 0) return entry;
  const link = ~entry;
  const width = link & LENGTH_MASK;
  const rest = (bits >>> (PEEKED_BITS - ROOT_BITS - width)) & ((1 << width) - 1);
  return code[(link >>> LENGTH_BITS) + rest];
}

export function symbolOf(entry: number): number {
  return entry >>> LENGTH_BITS;
}

/** Bits of the codeword. */
export function lengthOf(entry: number): number {
  return entry & LENGTH_MASK;
}

/**
 * What follows a codeword among the 25 bits that it was looked up in, the first of it as the sign of the number: signs of the
 * codeword's values, which MP3 and AAC have there, are in sight at once, as both together have 21 bits at most.
 */
export function bitsBehind(entry: number, bits: number): number {
  return bits << (32 - PEEKED_BITS + lengthOf(entry));
}

/** The value, 0 or more, with the sign that `signs` begin with: without a branch, as no processor can foretell signs. */
export function withSign(value: number, signs: number): number {
  const negative = signs >> 31;
  return (value ^ negative) - negative;
}

/** Bits that the sign of a value has, which is 0 or more: none, or one. */
export function signBits(value: number): number {
  return -value >>> 31;
}
