import { sharedWords } from "./same-word.ts";
import { hasTopic, tellingWords, topicWords } from "./topic.ts";
import { contentWords } from "./words.ts";

/**
 * Under what the library may have filed a question's topic, the likeliest first: two neighbours of the question that a title has
 * too, "una corda", or a telling word of it; then the same in the title, with its neighbour, "bench height".
 *
 * @param title of a document on the question; null if none is known.
 */
export function topicsNamed(text: string, title: string | null): string[] {
  const telling = hasTopic(text) ? tellingWords(text) : topicWords(title ?? "");
  const ofTitle = telling.filter((word) => sharedWords([word], title ?? "") > 0);
  const [word = telling[0]] = ofTitle;
  if (word === undefined) return [];
  const pairs = pairsIn(title ?? "");
  const both = pairsIn(text).find((pair) =>
    pairs.some((other) => pair.every((one, at) => sharedWords([one], other[at] ?? "") > 0)),
  );
  const pair = pairs.find((words) => sharedWords([word], words.join(" ")) > 0);
  return [...new Set([(both ?? [word]).join(" "), (pair ?? [word]).join(" ")])];
}

/** Words of a text that stand side by side, without words of grammar; what is joined by hyphens is one word. */
function pairsIn(text: string): (readonly [string, string])[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}\s’'-]+/u)
    .flatMap((part) => {
      const words = part.trim().split(/\s+/);
      return words.slice(1).map((word, at) => [words[at] ?? "", word] as const);
    })
    .filter((pair) => pair.every((word) => contentWords(word).length > 0));
}
