import { isStopWord } from "./words.ts";

/** Words by which a text's language can be told, at least. */
const TELLING_WORDS = 4;

/**
 * Words of grammar of the languages that players write most often besides English. Some are English words too ("pour", "sin"):
 * a text isn't taken for foreign by one, but by having more of these than of English words of grammar.
 */
const FOREIGN_WORDS = new Set(
  Object.values({
    german: `aber auf aus bei das dem den der ein eine einen für ich ihr ist kann mein meine mich mir mit nicht oder sich sind
      soll sollte und von wann warum wenn wer werden wie wir wo zu zum`,
    french: `au aux avec ce ces cette comment dans de des du elle est et il je la le les ma mes mon ne nous ou où par pas pour
      pourquoi quand que quel quelle qui sur un une vous`,
    spanish: `como cómo con cuál cuando de del el ella en es esta este están hay la las los mi mis muy más para pero por puedo
      qué que se si sin su tengo un una uno y yo`,
    italian: `anche che chi ciò come con cosa della devo di è gli ho il io la le lo mia mio nel nella non per perché più posso
      quale quando sono sul un una`,
    dutch: "aan dat de een en het hoe ik is kan maar mijn niet of van voor waarom zijn",
  }).flatMap((words) => words.split(/\s+/)),
);

/** Whether a text may be English: shorter ones always may. */
export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const latin = words.filter((word) => /^\p{Script=Latin}+$/u.test(word));
  if (latin.length < words.length / 2) return false;
  const foreign = words.filter((word) => FOREIGN_WORDS.has(word)).length;
  return words.length < TELLING_WORDS || foreign <= words.filter(isStopWord).length;
}
