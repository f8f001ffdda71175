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
  const both = pairsIn(text).find((pair) => pair.every((one) => ofTitle.includes(one)));
  const compound = compoundWith(word, title ?? "");
  const pair = pairsIn(title ?? "").find((words) => sharedWords([word], words.join(" ")) > 0);
  const named = [both?.join(" ") ?? compoundWith(word, text) ?? word, compound ?? pair?.join(" ")];
  return [...new Set(named.flatMap((topic) => topic ?? []))];
}

/** A word of several that are joined by hyphens, one of which is given: "sight-reading". */
function compoundWith(word: string, text: string): string | undefined {
  const compounds = text.toLowerCase().match(/\p{L}+(?:-\p{L}+)+/gu) ?? [];
  return compounds.find((compound) => sharedWords([word], compound) > 0);
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
