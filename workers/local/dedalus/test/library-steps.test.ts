import { describe, expect, test } from "vitest";
import { blocksOf } from "../src/coach/quotation/passage-text.ts";
import { quoteFrom } from "../src/coach/quotation/quote.ts";
import { MAX_CHARACTERS, type Step, stepsOf } from "../src/coach/quotation/steps.ts";
import { DOCUMENTS, type LibraryDocument } from "./library.ts";

/** Every step that could be quoted from the library, with its document. */
const STEPS = DOCUMENTS.flatMap((document) =>
  document.sections.flatMap((section) => stepsOf(section).map((step) => ({ document, step }))),
);

/** Those that tell what to do. */
const TO_DO = STEPS.filter(({ step }) => step.kind !== "explanation");

/** Share of the library's documents in which something to do was found, and quoted, on 29 November 2026: 254 of 255. */
const MEASURED_SHARE = 254 / 255;

/** What is wrong with some steps, as "document: text"; nothing, where all are right. */
function wrong(steps: typeof STEPS, isRight: (step: Step, document: LibraryDocument) => boolean): string[] {
  return steps
    .filter(({ step, document }) => !isRight(step, document))
    .map(({ step, document }) => `${document.name}: ${step.text}`);
}

/** Text as it is read out: without marks, line breaks and the marks of lists. */
function plain(markdown: string): string {
  return markdown
    .replace(/^\s*(?:>\s*)*(?:[-*+]|\d{1,3}[.)])\s+/gm, "")
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]/g, "")
    .replace(/\s+/g, " ");
}

/** What stands behind a heading that a text begins with; empty where it doesn't. */
function afterHeading(text: string, heading: string): string {
  return text.startsWith(heading) ? text.slice(heading.length) : "";
}

describe("what the coach may quote from the library of this repository", () => {
  test("stands there word for word", () => {
    expect(wrong(STEPS, ({ text }, { body }) => plain(body).includes(plain(text)))).toEqual([]);
  });

  test("is whole sentences, at most as long as can be kept in mind", () => {
    expect(wrong(STEPS, ({ text }) => /^["“(]?[\p{Lu}\d♩♪].*[.!?…][)"”’]*$/u.test(text))).toEqual([]);
    expect(wrong(STEPS, ({ text }) => text.length <= MAX_CHARACTERS)).toEqual([]);
  });

  test("has no marks of Markdown, and no heading in it", () => {
    expect(wrong(STEPS, ({ text }) => !/[*_`]|\]\(|^\||(^|\s)#|\n/.test(text))).toEqual([]);
    expect(
      wrong(STEPS, ({ text }, { sections }) =>
        sections.every(({ section }) => section === "" || !/^ \p{Lu}/u.test(afterHeading(text, section))),
      ),
    ).toEqual([]);
  });

  test("begins with nothing that refers to what isn't quoted", () => {
    const begins =
      /^(it|its|this|that|these|those|they|them|their|he|she|his|her|then|so|but|and|also|again|now|next|such|here|another)\b/i;
    const points = /^[^.!?]*\b(above|below|as before|the following|this (page|section|way)|the same)[.,;:]/i;
    expect(wrong(STEPS, ({ text }) => !begins.test(text) && !points.test(text))).toEqual([]);
    // What stands for something else comes after it.
    expect(wrong(TO_DO, ({ text }) => !/^\p{L}+ (it|them|this|these|those)\b/iu.test(text))).toEqual([]);
  });

  test("tells to do something as an instruction, or as an entry of a list or a plan", () => {
    const states =
      /^(the|an?|it|they|he|she|we|you|most|many|some|in|there|no|nothing|what|when|where|if|since|because)\b/i;
    // Behind its label or circumstance: "The thumb hops: let it stay".
    const isTold = (text: string) => !states.test(text) || !states.test(text.replace(/^[^.;]*?[:,] /, ""));
    expect(wrong(TO_DO, ({ kind, text }) => kind === "entry" || isTold(text))).toEqual([]);
    const isEntry = ({ text }: Step, { body }: LibraryDocument) =>
      /^(day|week|minute|month|\p{L}+day)/iu.test(text) ||
      body
        .split(/\n(?=\s*(?:[-*+]|\d{1,3}[.)])\s)/)
        .map((item) => plain(`\n${item}`).trim())
        .some((item) => item !== "" && (item.startsWith(text.slice(0, 40)) || text.startsWith(item)));
    expect(wrong(TO_DO, (step, document) => step.kind !== "entry" || isEntry(step, document))).toEqual([]);
  });

  test("is found in nearly every document", () => {
    const withStep = new Set(TO_DO.map(({ document }) => document.name));
    const without = DOCUMENTS.filter(({ name }) => !withStep.has(name)).map(({ name }) => name);
    console.info(
      `${withStep.size} of ${DOCUMENTS.length} documents say what to do, in ${TO_DO.length} steps; not: ${without.join(", ")}`,
    );
    expect(withStep.size / DOCUMENTS.length).toBeGreaterThanOrEqual(MEASURED_SHARE);
  });

  test("is something to do, not what explains or measures, where a document has anything to do", () => {
    const quoted = DOCUMENTS.map((document) => {
      const quotation = quoteFrom(document.sections, {
        text: document.title,
        isWide: true,
        wanted: "exercise",
        level: "",
        said: "",
      });
      return { document, text: quotation?.text ?? "" };
    });
    const toDo = quoted.filter(({ document, text }) =>
      TO_DO.some(({ step, document: of }) => of === document && text.startsWith(step.text)),
    );
    console.info(`${toDo.length} of ${quoted.length} documents are quoted with something to do`);
    expect(toDo.length / quoted.length).toBeGreaterThanOrEqual(MEASURED_SHARE);
  });
});

test("a passage's headings are read without their marks, however many blanks they have", () => {
  const heading = (line: string) => blocksOf(`${line}\n\nPlay.`, "")[0]?.heading;
  expect(heading("## Exercises")).toBe("Exercises");
  expect(heading("## Exercises ##  ")).toBe("Exercises");
  expect(heading("# In C#")).toBe("In C#");
  // In less than a test's time: each blank could be of the heading or stand behind it.
  const blanks = " ".repeat(20_000);
  expect(heading(`# In${blanks}C${blanks}#`)).toBe("In C");
});
