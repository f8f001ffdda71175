import { countTokens } from "../words/count-tokens.ts";
import type { LanguageModel, ReadTokens } from "../words/language-model.ts";
import { tokensOf } from "../words/tokens.ts";
import { domainMeaning } from "./domain-meaning.ts";
import { generalMeaning } from "./general-meaning.ts";
import { toUnitLength } from "./vectors.ts";

/** What the part in the library's terms counts beside the general one, if all of a text lies in them. */
const DOMAIN_WEIGHT = 1.5;

/** Components of an embedding. */
export function dimensionsOf({ general, domain }: LanguageModel): number {
  return general.dimensions + domain.dimensions;
}

/**
 * Embeds a text: what it is about in general, then in the library's terms.
 *
 * @returns a vector of length 1, or of zeros if the text has no word that is known.
 */
export function embedText(model: LanguageModel, text: string): Float32Array {
  return embedTokens(model, model.read(tokensOf(text)));
}

/** The same of a text whose words were looked up. */
export function embedTokens(model: LanguageModel, tokens: ReadTokens): Float32Array {
  const counted = countTokens(tokens);
  const general = generalMeaning(model.general, counted);
  const domain = domainMeaning(model.domain, counted);
  const whole = new Float32Array(general.length + domain.length);
  whole.set(general);
  whole.set(
    domain.map((value) => value * DOMAIN_WEIGHT),
    general.length,
  );
  return toUnitLength(whole);
}
