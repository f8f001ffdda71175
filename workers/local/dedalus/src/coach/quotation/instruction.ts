/** Verbs with which sentences begin that tell somebody to do something; as nouns they are rarely first in a sentence. */
const VERBS = new Set(
  `accent add aim allow alternate ask avoid begin block breathe bring build call change check choose circle clap close compare
  conduct connect count cut date decide describe divide draw drop eat emphasise end enter exchange exhale experiment feel fill
  film find finger fix flatten follow get give go group grow halve hear hit hold hum imagine improvise increase inhale join
  keep lead lean learn leave let lift link list listen look make mark match measure memorise mend mix move name notice number
  pack pedal pick place plan play practise prepare press pull push put raise read record reduce rehearse relax release relearn
  repair repeat replace rest return ring rock roll save say search see select set shape shift shorten sing sit slide speak
  spend split spread stand start stay stop study switch take talk tap tell test think tie touch train transpose translate treat
  try turn use vary visualise voice wait walk warm watch widen work write`.split(/\s+/),
);

/** What follows a noun that looks like a verb: "Touch is …", "Rest after rest", "Record that …" */
const AFTER_NOUN = new Set(
  `is are was were isn't aren't has had can may must needs makes means comes becomes appears of in that which words hands
  playing`.split(/\s+/),
);

/** What may stand before the verb: "Don't force", "First play"; whatever follows "don't" and "never" is told. */
const BEFORE_VERB = /^(?:don't|do not|never|always|first|simply|slowly|gently|just|please) /i;
const FORBIDS = /^(?:don't|never) [a-z]/i;

/** A label, "Groups:", or a circumstance, "At half tempo,", before the verb. */
const LEAD = /^(?:[^.:;,]{1,40}: |(?:at|for|with|without|in|on|before|after|once|from) [^.:;,]{1,40}, )/i;

/** A label that is a sentence, of five words at most: "Long tones." */
const LABEL = /^(?=[\p{Lu}\d])[^.!?:;\s]+(?:\s+[^.!?:;\s]+){0,4}\.$/u;
const LONGEST_LABEL = 42;

/** Whether a sentence tells somebody to do something, after a label if it has one. */
export function isInstruction(sentence: string): boolean {
  return [sentence, sentence.replace(LEAD, "")].some((said) => {
    const told = said.replace(BEFORE_VERB, "");
    const [verb = "", next = ""] = told.toLowerCase().split(/[^\p{L}'’]+/u);
    return FORBIDS.test(said) || (VERBS.has(verb) && (told !== said || !AFTER_NOUN.has(next)));
  });
}

/** Whether a sentence is only a label for what follows. */
export function isLabel(sentence: string): boolean {
  return LABEL.test(sentence) && sentence.length <= LONGEST_LABEL;
}
