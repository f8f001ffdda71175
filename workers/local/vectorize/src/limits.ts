/**
 * Vectorize's limits, as https://developers.cloudflare.com/vectorize/platform/limits/ gives them. Where the real index has
 * become more generous since, this one stays with the smaller figure: what works here works there.
 */

/** Most matches of a query. */
export const MAX_TOP_K = 100;

/** Most matches of a query that returns values or all metadata. */
export const MAX_TOP_K_WITH_CONTENT = 20;

/** Matches of a query that doesn't say how many. */
export const DEFAULT_TOP_K = 5;

/** Most vectors of one insert or upsert through a binding. */
export const MAX_BATCH = 1000;

/** Most ids of one getByIds (20) and deleteByIds (1,000). */
export const MAX_GET_IDS = 20;
export const MAX_DELETE_IDS = 1000;

/** Bytes of UTF-8 of a vector's id, and of a namespace. */
export const MAX_ID_BYTES = 64;
export const MAX_NAMESPACE_BYTES = 64;

/** Bytes of a vector's metadata as JSON. */
export const MAX_METADATA_BYTES = 10 * 1024;

/** A filter as compact JSON must have fewer bytes than this. */
export const FILTER_BYTES_END = 2048;

/** Characters of a key in a filter. */
export const MAX_FILTER_KEY_LENGTH = 512;

/** Bytes of a string that a metadata index holds; a filter sees no more of it. */
export const MAX_INDEXED_BYTES = 64;

/** Dimensions of an index. */
export const MAX_DIMENSIONS = 1536;
