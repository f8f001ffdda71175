import type { ByteInput, Reading } from "./byte-input.ts";

/** Bytes of an ID3v2 header and of its footer, id3.org ID3v2.4.0-structure section 3.1 and 3.4. */
const ID3V2_HEADER = 10;
/** Bytes of an APEv2 header or footer. */
const APE_HEADER = 32;
/** Bytes of an ID3v1 tag. */
const ID3V1_LENGTH = 128;

/**
 * Skips one tag at the cursor, whatever its size: ID3v2 (2.2, 2.3, 2.4), APEv1/2, ID3v1. False: there is none.
 * Sizes are those of the stored bytes, so unsynchronisation needs no undoing.
 */
export function* skipTag(input: ByteInput): Reading<boolean> {
  if (!input.has(4) && !(yield* input.fill(4))) return false;
  const start = input.u24be(0);
  if (start === 0x494433) return yield* skipId3v2(input);
  if (start === 0x415045 && (yield* input.fill(APE_HEADER)) && input.latin1(0, 8) === "APETAGEX") {
    // The size counts everything but the header; without a header (APEv1) only the footer is here.
    const isHeader = (input.u32le(20) & 0x2000_0000) !== 0;
    input.skip(APE_HEADER + (isHeader ? input.u32le(12) : 0));
    return true;
  }
  if (start === 0x544147) {
    input.skip(ID3V1_LENGTH);
    return true;
  }
  return false;
}

function* skipId3v2(input: ByteInput): Reading<boolean> {
  if (!(yield* input.fill(ID3V2_HEADER))) return false;
  if (input.u8(3) === 0xff || input.u8(4) === 0xff || (input.u32be(6) & 0x8080_8080) !== 0) return false;
  const size = (input.u8(6) << 21) | (input.u8(7) << 14) | (input.u8(8) << 7) | input.u8(9);
  const hasFooter = input.u8(3) >= 4 && (input.u8(5) & 0x10) !== 0;
  input.skip(ID3V2_HEADER + size + (hasFooter ? ID3V2_HEADER : 0));
  return true;
}

/** An honest file has one or two; the limit keeps a file of empty tags from costing time. */
export const MAX_TAGS = 1000;

/** Skips all tags at the cursor, and the padding zeros that taggers leave behind them. */
export function* skipTags(input: ByteInput): Reading<undefined> {
  for (let tags = 0; tags < MAX_TAGS; tags++) {
    yield* skipZeros(input);
    if (!(yield* skipTag(input))) return undefined;
  }
  return undefined;
}

function* skipZeros(input: ByteInput): Reading<undefined> {
  while (input.has(1) || (yield* input.fill(1))) {
    if (input.u8(0) !== 0) return undefined;
    input.skip(1);
  }
  return undefined;
}
