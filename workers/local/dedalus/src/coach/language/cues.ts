/** A message as cues read it: in lower case, with straight apostrophes, and "what's" as "what is". */
export function folded(message: string): string {
  const said = message.toLowerCase().replaceAll("’", "'").trim();
  return said.replace(/\b(what|who|where|when|how)'s\b/g, "$1 is");
}

/** A part of patterns, as it is written; a line that ends in a backslash goes on in the next one. */
export function pattern(lines: TemplateStringsArray, ...parts: readonly string[]): string {
  return String.raw(lines, ...parts).replaceAll(/\\\n\s*/g, "");
}

/** Patterns, one a line: of how players put things all that is known stands in such tables. */
export function rules(lines: TemplateStringsArray, ...parts: readonly string[]): RegExp[] {
  const patterns = pattern(lines, ...parts)
    .trim()
    .split(/\s*\n\s*/);
  return patterns.map((one) => new RegExp(`(?:${one})`, "isu"));
}

/** By what something is told that a folded message speaks of: one of some patterns must fit. */
export function cues(lines: TemplateStringsArray, ...parts: readonly string[]): RegExp {
  const patterns = rules(lines, ...parts).map(({ source }) => source);
  return new RegExp(patterns.join("|"), "iu");
}

/** An id as recordings have it, as a pattern. */
export const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** The id of a recording that a text names, whether there is one or not; null if none. */
export function idIn(text: string): string | null {
  return new RegExp(UUID, "i").exec(text)?.[0].toLowerCase() ?? null;
}
