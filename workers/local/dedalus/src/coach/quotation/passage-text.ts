/** A paragraph or an item of a list, as text without marks of Markdown; the heading that it stands under. */
export interface Block {
  readonly text: string;
  readonly heading: string;
  readonly isItem: boolean;
  /** Whether it is an item of a list that counts. */
  readonly isNumbered: boolean;
}

const FENCE = /^\s*(?:```|~~~)/;
const HEADING = /^\s*#{1,6}\s+(.*)$/;
/** What may close a heading, and is no part of it. */
const CLOSING = /(?:^|\s)#+\s*$/;
const NUMBERED = /^\s*(?:>\s*)*\d{1,3}[.)]\s+/;
const ITEM = /^\s*(?:>\s*)*(?:[-*+]|\d{1,3}[.)])\s+/;
/** Lines of tables, rules and pictures: nothing that can be read out. */
const UNREADABLE = /^\s*(?:\||!\[|(?:[-*_]\s*){3,}$)/;

/**
 * The paragraphs and items of a passage in Markdown, each in one line. Headings, code and tables are none; where the passage is
 * cut out of the middle of a text, its first and last one may lack a part.
 *
 * @param heading that the passage begins under.
 */
export function blocksOf(passage: string, heading: string): Block[] {
  const blocks: Block[] = [];
  let above = heading;
  let isCode = false;
  let isOpen = false;
  const text = passage.replaceAll(/^.*$/gm, (line) => {
    isCode = FENCE.test(line) ? !isCode : isCode;
    return isCode || FENCE.test(line) || UNREADABLE.test(line) ? "" : line;
  });
  for (const line of text.split("\n")) {
    const title = HEADING.exec(line)?.[1];
    const isItem = ITEM.test(line);
    const words = line.replace(ITEM, "").replace(/^\s*(?:>\s*)+/, "");
    const last = blocks.at(-1);
    if (title !== undefined) above = withoutMarks(title.replace(CLOSING, ""));
    else if (isOpen && !isItem && last !== undefined && line.trim() !== "")
      blocks.splice(-1, 1, { ...last, text: `${last.text} ${words}` });
    else if (line.trim() !== "")
      blocks.push({ text: words, heading: above, isItem, isNumbered: NUMBERED.test(line) });
    isOpen = title === undefined && line.trim() !== "";
  }
  return blocks
    .map((block) => ({ ...block, text: withoutMarks(block.text) }))
    .filter((block) => block.text !== "");
}

/** Text of one line without emphasis, code marks and the addresses of links. */
function withoutMarks(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/(\*{1,3}|`+)(?=\S)(.+?)(?<=\S)\1/g, "$2")
    .replace(/(?<![\p{L}\p{N}])(_{1,2})(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, "$2")
    .replace(/\s+/g, " ")
    .trim();
}
