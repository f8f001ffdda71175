import type { DocumentLevel, SearchRequest, UserContext } from "@crescendai/contracts";
import type { Reading } from "../composition/reading.ts";
import { WHOLE_PIECE } from "../composition/statement.ts";
import { pieceNamed } from "./name-piece.ts";
import { NEEDS, type Need } from "./needs.ts";

/** What is looked for in the library, and by which searches: the next is for when the one before finds nothing. */
export type Inquiry = {
  readonly requests: readonly SearchRequest[];
} & (
  | {
      /** Something to practise in place of the exercise, or the development of the goal, at this index of the reading. */
      /** A wish is a goal that can't be heard: whatever is said about it is welcome. */
      readonly for: "exercise" | "goal" | "wish";
      readonly index: number;
      readonly need: SoughtNeed;
    }
  | {
      /** What is said of the piece itself about one of the exercises, the most important first. */
      readonly for: "piece";
      readonly name: string;
      readonly needs: readonly { readonly index: number; readonly need: SoughtNeed }[];
    }
);

type SoughtNeed = Pick<Need, "about" | "words" | "others">;

/** Questions that one feedback asks at most; each is asked again with fewer filters where they leave nothing. */
export const MOST_INQUIRIES = 6;

/** Passages asked for: the best of each of so many documents. */
const PASSAGES = 8;

/** Longest question, in characters, as the contract has it. */
const MAX_QUESTION = 500;

/**
 * What to look for in the library for what was heard and is wanted: something for each exercise, what is said of the piece
 * where its name is known, and something for the long-term goals, in this order, as far as there is room.
 *
 * @param filename of the recording; null where it isn't known.
 */
export function inquiriesFor(
  { priorities, goals }: Pick<Reading, "priorities" | "goals">,
  context: UserContext,
  filename: string | null,
): Inquiry[] {
  const levels = levelsOf(context);
  // Where only the score can tell whether there is anything to do, an exercise from elsewhere would take it for granted.
  const practised = priorities.flatMap(({ subject, reason, wish, place }, index) =>
    subject === null || reason === "ask"
      ? []
      : [
          {
            index,
            need: reason !== "heard" && place !== WHOLE_PIECE ? inPassage(NEEDS[subject]) : NEEDS[subject],
            wish,
          },
        ],
  );
  const exercises = practised.map(
    ({ index, need, wish }): Inquiry => ({
      for: "exercise",
      index,
      need,
      requests: requestsFor(need, wish, levels),
    }),
  );
  // A goal that can't be heard comes first: it has nothing but the library.
  const developments = goals
    .map((goal, index) => ({ ...goal, index }))
    .toSorted((a, b) => Number(a.dimension !== null) - Number(b.dimension !== null))
    .map(({ subject, wish, index }): Inquiry => {
      if (subject !== null) {
        const need = NEEDS[subject];
        return { for: "goal", index, need, requests: requestsFor(need, wish, levels) };
      }
      const need = needOfWish(wish ?? "");
      return { for: "wish", index, need, requests: requestsFor(need, null, []) };
    });
  return [...exercises, ...pieceInquiry(practised, context, filename), ...developments]
    .filter(({ requests }) => requests.length > 0)
    .slice(0, MOST_INQUIRIES);
}

/** Words of what is done with a piece as a whole. */
const OF_THE_WHOLE = [
  "in the piece",
  "of the piece",
  "the whole piece",
  "a whole piece",
  "through the piece",
];

/** A need for work on one passage in which nothing was found: what is done with the whole piece is none. */
function inPassage(need: Need): Need {
  return { ...need, others: [...(need.others ?? []), ...OF_THE_WHOLE] };
}

function pieceInquiry(
  practised: readonly { readonly index: number; readonly need: Need }[],
  context: UserContext,
  filename: string | null,
): Inquiry[] {
  const name = filename === null ? null : pieceNamed(filename, context);
  const [first] = practised;
  if (name === null || first === undefined) return [];
  const q = question(`${name} ${first.need.words.join(" ")}`);
  const requests: SearchRequest[] = [
    { q, limit: PASSAGES, document_type: "piece" },
    { q, limit: PASSAGES, document_type: "composer" },
  ];
  return [{ for: "piece", name, needs: practised, requests }];
}

/**
 * Searches among the documents of the dimension for each of the levels in turn, then among all documents for these levels: what
 * is written for another level is worse than our own suggestion. Without levels one search among all.
 */
function requestsFor(
  { question: asked, dimension }: Pick<Need, "question" | "dimension">,
  wish: string | null,
  levels: readonly DocumentLevel[],
): SearchRequest[] {
  const q = question(wish === null ? asked : `${asked} ${wish}`);
  if (q === "") return [];
  const all: SearchRequest = { q, limit: PASSAGES };
  if (levels.length === 0) return [all];
  const scopes: readonly SearchRequest[] = dimension === null ? [all] : [{ ...all, dimension }, all];
  return scopes.flatMap((scope) => levels.map((level): SearchRequest => ({ ...scope, level })));
}

/**
 * The levels that documents are asked for, the player's own first; the middle one for whoever didn't say. Advanced players would
 * rather have what is written for the middle than for beginners.
 */
function levelsOf({ experience_level }: UserContext): readonly DocumentLevel[] {
  switch (experience_level) {
    case "beginner":
      return ["beginner", "all"];
    case "advanced":
    case "professional":
      return ["advanced", "all", "intermediate"];
    default:
      return ["intermediate", "all"];
  }
}

/** Letters from which on a word of a goal may say what it is about, and those by which its forms are known. */
const SHORTEST_WORD = 4;
const BEGINNING = 6;

/** Words of goals that say nothing about what is to be practised. */
const EMPTY_WORDS = new Set(
  (
    "about able better could from have improve into learn like more much myself music piano play playing piece pieces " +
    "some than that their them this want well when with without would year years your"
  ).split(" "),
);

/** What is looked for when a goal is about nothing that is heard: the words of the goal, which is no instruction. */
function needOfWish(wish: string): Need {
  const words = wish
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= SHORTEST_WORD && !EMPTY_WORDS.has(word))
    .map((word) => word.slice(0, BEGINNING));
  return { question: words.length === 0 ? "" : wish, dimension: null, about: words, words };
}

/** At most as long as a question may be, on one line, and never with half a character. */
function question(text: string): string {
  return Array.from(text.replace(/\s+/gu, " ").trim()).slice(0, MAX_QUESTION).join("").trim();
}
