/**
 * Whether an `Accept` header (RFC 9110 §12.5.1) asks for JSON rather than for an event stream: it names JSON with a greater
 * weight than `text/event-stream`, or names no event stream at all. Whoever takes anything gets the stream.
 */
export function wantsJson(accept: string | null): boolean {
  const weights = new Map<string, number>();
  for (const range of (accept ?? "").split(",")) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    weights.set(type, Number.isFinite(weight) ? weight : 0);
  }
  const json = weights.get("application/json") ?? 0;
  return json > 0 && json > (weights.get("text/event-stream") ?? 0);
}
