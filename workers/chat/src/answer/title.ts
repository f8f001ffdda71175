/** Longest title that is made of a question, in characters: a line of a list. */
const MAX_TITLE = 60;

/** A title from the first question: its first sentence or line, cut between words. */
export function titleFrom(question: string): string {
  const line = question
    .split(/[\r\n]/)
    .map((text) =>
      text
        .replace(/\p{Cc}/gu, " ")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .find((text) => text !== "");
  const [sentence = ""] = (line ?? "").match(/^.*?[.?!。？！](?=\s|$)/u) ?? [line ?? ""];
  const characters = Array.from(sentence);
  if (characters.length <= MAX_TITLE) return sentence;
  const cut = characters.slice(0, MAX_TITLE - 1).join("");
  const lastBlank = cut.lastIndexOf(" ");
  return `${(lastBlank > MAX_TITLE / 2 ? cut.slice(0, lastBlank) : cut).trimEnd()}…`;
}
