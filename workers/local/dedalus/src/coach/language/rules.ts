/** A message as rules read it: in lower case, with straight apostrophes, and "what's" as "what is". */
export function folded(message: string): string {
  const said = message.toLowerCase().replaceAll("’", "'").trim();
  return said.replace(/\b(what|who|where|when|how)'s\b/g, "$1 is");
}

/** Whether one of some rules fits a text. */
export function matchesAny(rules: readonly RegExp[], text: string): boolean {
  return rules.some((rule) => rule.test(text));
}
