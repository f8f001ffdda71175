/** When an answer is said: milliseconds to its first word, how many words, and milliseconds between two. */
export interface Pace {
  readonly firstMs: number;
  readonly words: number;
  readonly apartMs: number;
}

const QUESTION = /Say (\d+) words, the first after (\d+) ms, (\d+) ms apart\./g;

/** The question that the scripted provider answers at a pace. */
export function questionFor({ firstMs, words, apartMs }: Pace): string {
  return `Say ${words} words, the first after ${firstMs} ms, ${apartMs} ms apart.`;
}

/** The pace that the last question in a request asks for. Throws if there is none. */
export function readPace(request: string): Pace {
  const last = [...request.matchAll(QUESTION)].at(-1);
  if (last === undefined) throw new Error("nobody asked for a pace");
  const [words = 0, firstMs = 0, apartMs = 0] = last.slice(1).map(Number);
  return { firstMs, words, apartMs };
}
