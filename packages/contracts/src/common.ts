import * as v from "valibot";

/** UUID version 4, RFC 9562 §5.4: every id that we give out, in lower case; read in either case (§4). */
export const UuidSchema = v.pipe(
  v.string(),
  v.regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i,
    "must be a UUID of version 4",
  ),
  v.toLowerCase(),
  v.metadata({ format: "uuid" }),
);

/** An instant on our wire: ISO 8601, UTC, to the millisecond, ending in `Z`. */
export const TimestampSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "must be an ISO 8601 time in UTC ending in Z"),
  v.metadata({ format: "date-time" }),
);

/** SHA-256 as 64 hex digits. */
export const Sha256Schema = v.pipe(
  v.string(),
  v.regex(/^[0-9a-fA-F]{64}$/, "must be a SHA-256 as 64 hex digits"),
  v.toLowerCase(),
);

/** A whole number from 0. */
export const CountSchema = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Which page of a list this is: `page` from 1, `limit` entries a page, `total` entries in all. */
export const PaginationSchema = v.strictObject({
  page: v.pipe(v.number(), v.integer(), v.minValue(1)),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1)),
  total: CountSchema,
  total_pages: CountSchema,
});
export type Pagination = v.InferOutput<typeof PaginationSchema>;

/** `page` and `limit` of a list, as the text of a query string: 1…, and 1…100 with 20 when absent. */
export const PageQueryEntries = {
  page: v.optional(wholeNumber(1, 1_000_000), "1"),
  limit: v.optional(wholeNumber(1, 100), "20"),
};

/** A whole number in decimal digits within [minimum, maximum]. */
export function wholeNumber(minimum: number, maximum: number) {
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, `must be a whole number from ${minimum} to ${maximum}`),
    v.transform(Number),
    v.minValue(minimum, `must be at least ${minimum}`),
    v.maxValue(maximum, `must be at most ${maximum}`),
  );
}

/** Path parameter `:id`. */
export const IdParamsSchema = v.strictObject({ id: UuidSchema });

/** A text of at most `maximum` characters, counted as Unicode code points, as JSON Schema's maxLength does. */
export function maxCharacters(maximum: number) {
  return v.check(
    (text: string) => text.length <= maximum || Array.from(text).length <= maximum,
    `must be at most ${maximum} characters`,
  );
}
