import { type ContextMember, ContextMemberSchema, failed, ok, type Result } from "@crescendai/contracts";
import * as v from "valibot";
import { namesAllOf, requestsToForget } from "./asks-to-forget.ts";
import { defineTool, quoted } from "./tool.ts";
import { areSameWords, isVerbatimIn } from "./verbatim.ts";

/** Entries that are taken out at once, at most. */
const MOST_ENTRIES = 20;

const entries = v.optional(
  v.pipe(v.array(v.string()), v.maxLength(MOST_ENTRIES, `must have at most ${MOST_ENTRIES} entries`)),
  [],
);

const ArgumentsSchema = v.pipe(
  v.strictObject({
    goals: entries,
    constraints: entries,
    repertoire: entries,
    all_of: v.optional(v.array(ContextMemberSchema), []),
  }),
  v.check((given) => Object.values(given).some((value) => value.length > 0), "must name something to forget"),
);

const LISTS = ["goals", "constraints", "repertoire"] as const;

/**
 * Takes something out of what the player told us. Only what they ask to have forgotten or replaced in the message that is being
 * answered: it must ask for that (in English: the words are in `asks-to-forget.ts`), and in that request name each entry by
 * words of the entry, or a list as a whole. So no passage, file name or whim of the model takes anything away. What was saved
 * in this very turn stays: it takes the place of the rest. `PUT /api/v1/context` does it in any language.
 */
export const forgetUserContext = defineTool(
  "forget_user_context",
  [
    "Takes out of the player's profile what they ask you to forget, or to replace, in their last message. Name a single entry by",
    "words that stand both in it and in that message; all_of empties whole members that they name. Say in the answer what was",
    "removed.",
  ].join(" "),
  ArgumentsSchema,
  async (given, { caller, services, question, savedBefore, forgotten }) => {
    const context = await services.getContext(caller.userId);
    if (!context.ok) return context;
    const isOld = (text: string) => !savedBefore.some((saved) => areSameWords(saved, text));
    const told = (member: ContextMember) => [context.value[member] ?? []].flat();
    const old = (member: ContextMember) => told(member).filter(isOld);
    const requests = requestsToForget(question);
    const said = requests.map((request) => request.said);
    const unsaid = [
      ...LISTS.flatMap((list) => given[list]).filter((text) => !isVerbatimIn(text, said)),
      ...given.all_of.filter((member) => !namesAllOf(member, requests, old("goals").length)),
    ];
    if (requests.length === 0 || unsaid.length > 0)
      return failed({
        code: "FORBIDDEN",
        message:
          "Nothing was removed: the player's last message doesn't ask for it in words that can be checked. " +
          "They can remove it themselves in their profile (PUT /api/v1/context).",
      });
    const named = namedEntries(given, old);
    if (!named.ok) return named;
    const { goals, constraints, repertoire } = named.value;
    const gone = [...goals, ...constraints, ...repertoire, ...given.all_of.flatMap(old)];
    const allOf = (list: (typeof LISTS)[number]) => (given.all_of.includes(list) ? old(list) : []);
    const removed = await services.removeFromContext(caller, {
      goals: [...goals, ...allOf("goals")],
      constraints: [...constraints, ...allOf("constraints")],
      repertoire: [...repertoire, ...allOf("repertoire")],
      all_of: given.all_of.filter((member) => told(member).every(isOld)),
    });
    if (!removed.ok) return removed;
    forgotten(gone);
    return ok(quoted({ removed: gone, context: removed.value }));
  },
);

type Named = Readonly<Record<(typeof LISTS)[number], string[]>>;

/** The entries that some words name, each of them one. */
function namedEntries(given: Named, entriesOf: (list: keyof Named) => readonly string[]): Result<Named> {
  const named: Named = { goals: [], constraints: [], repertoire: [] };
  for (const list of LISTS) {
    for (const text of given[list]) {
      const found = entriesOf(list).filter((entry) => isVerbatimIn(text, [entry]));
      const [entry] = found;
      if (entry === undefined)
        return failed({
          code: "NOT_FOUND",
          message: `Nothing was removed: none of the player's ${list} has ${JSON.stringify(text)} in it.`,
        });
      if (found.length > 1)
        return failed({
          code: "CONFLICT",
          message: `Nothing was removed: ${found.length} of the player's ${list} have ${JSON.stringify(text)} in them. Ask which.`,
        });
      named[list].push(entry);
    }
  }
  return ok(named);
}
