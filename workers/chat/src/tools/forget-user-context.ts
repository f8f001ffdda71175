import {
  type ContextMember,
  ContextMemberSchema,
  failed,
  ok,
  type Result,
  type UserContext,
} from "@crescendai/contracts";
import * as v from "valibot";
import { namesAllOf, requestsToForget } from "./asks-to-forget.ts";
import { defineTool, quoted } from "./tool.ts";
import { isVerbatimIn } from "./verbatim.ts";

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
 * words of the entry, or a list as a whole. So no passage, file name or whim of the model takes anything away.
 * `PUT /api/v1/context` does it in any language.
 */
export const forgetUserContext = defineTool(
  "forget_user_context",
  [
    "Takes out of the player's profile what they ask you to forget, or to replace, in their last message. Name a single entry by",
    "words that stand both in it and in that message; all_of empties whole members that they name. Say in the answer what was",
    "removed.",
  ].join(" "),
  ArgumentsSchema,
  async (given, { caller, services, question, forgotten }) => {
    const context = await services.getContext(caller.userId);
    if (!context.ok) return context;
    const requests = requestsToForget(question);
    const said = requests.map((request) => request.said);
    const unsaid = [
      ...LISTS.flatMap((list) => given[list]).filter((text) => !isVerbatimIn(text, said)),
      ...given.all_of.filter((member) => !namesAllOf(member, requests, context.value.goals.length)),
    ];
    if (requests.length === 0 || unsaid.length > 0)
      return failed({
        code: "FORBIDDEN",
        message:
          "Nothing was removed: the player's last message doesn't ask for it in words that can be checked. " +
          "They can remove it themselves in their profile (PUT /api/v1/context).",
      });
    const named = namedEntries(given, context.value);
    if (!named.ok) return named;
    const removed = await services.removeFromContext(caller, { ...named.value, all_of: given.all_of });
    if (!removed.ok) return removed;
    const gone = [
      ...LISTS.flatMap((list) => named.value[list]),
      ...given.all_of.flatMap((member) => entriesOf(context.value, member)),
    ];
    forgotten(gone);
    return ok(quoted({ removed: gone, context: removed.value }));
  },
);

type Named = Readonly<Record<(typeof LISTS)[number], string[]>>;

/** The entries that some words name, each of them one. */
function namedEntries(given: Named, context: UserContext): Result<Named> {
  const named: Named = { goals: [], constraints: [], repertoire: [] };
  for (const list of LISTS) {
    for (const text of given[list]) {
      const found = context[list].filter((entry) => isVerbatimIn(text, [entry]));
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

function entriesOf(context: UserContext, member: ContextMember): string[] {
  return [context[member] ?? []].flat();
}
