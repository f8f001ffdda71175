/** Whether one of some rules fits a text. */
export function matchesAny(rules: readonly RegExp[], text: string): boolean {
  return rules.some((rule) => rule.test(text));
}
