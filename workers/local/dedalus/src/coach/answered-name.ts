import { contentWords } from "./language/words.ts";

/** How the coach ends where a name doesn't say which recording is to be compared. */
export const AGAIN = { one: "Ask me again with its name.", both: "Ask me again with both names." };

/**
 * What somebody wants who answers with nothing but a name of those that they were asked about: their question, with that name in it.
 *
 * @param question that was asked before.
 * @param asked what the coach asked back.
 * @returns the answer as it is, where it isn't such a name.
 */
export function withNameAnswered(question: string, asked: string, answer: string): string {
  const isAsked = Object.values(AGAIN).some((end) => asked.endsWith(end));
  const [meant = "", ...others] = [...asked.matchAll(/“(.+?)”/g)].map(([, name = ""]) => name);
  const words = contentWords(answer);
  const isName = others.some((name) => words.every((word) => contentWords(name).includes(word)));
  if (!isAsked || words.length === 0 || !isName) return answer;
  if (asked.endsWith(AGAIN.both)) return `${question} with ${answer}`;
  const at = question.toLowerCase().indexOf(meant.toLowerCase());
  return at === -1 ? answer : question.slice(0, at) + answer + question.slice(at + meant.length);
}
