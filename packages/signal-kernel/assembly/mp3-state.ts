/** What the two filters of MP3 hand each other, and what they keep of each channel from one granule to the next. */

/** Sub-bands, and samples of each in a granule. */
export const SUBBANDS: i32 = 32;
export const TIMES: i32 = 18;
/** Earlier times whose values the polyphase filter still hears, and bytes of the values of one time. */
export const EARLIER: i32 = 15;
export const VECTOR: i32 = 64 * 8;

/** Bytes of the hybrid filter's overlap: half a block of each sub-band. */
const OVERLAP: i32 = SUBBANDS * TIMES * 8;
/** Bytes of a channel: the overlap, the vectors of the earlier times, and room for those of one granule. */
const CHANNEL: i32 = OVERLAP + (EARLIER + TIMES) * VECTOR;

const channels: usize = memory.data(2 * (32 * 18 * 8 + (15 + 18) * 64 * 8), 16);

/** The granule's sub-band samples: SUBBANDS rows of TIMES doubles. */
export const subbands: usize = memory.data(32 * 18 * 8, 16);

export function overlapOf(channel: i32): usize {
  return channels + channel * CHANNEL;
}

/** Of each time, the oldest first: 32 doubles that serve the even ages, 32 that serve the odd ones. */
export function vectorsOf(channel: i32): usize {
  return channels + channel * CHANNEL + OVERLAP;
}

/** What is kept of a channel (0 or 1): 576 + 15 · 64 doubles, all 0 at the beginning of a stream. */
export function statePointer(channel: i32): usize {
  return channels + channel * CHANNEL;
}

export function subbandsPointer(): usize {
  return subbands;
}
