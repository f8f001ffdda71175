/** A part of a passage that could be quoted by itself. */
export interface Excerpt {
  /** Word for word as in the passage, line breaks and all. */
  readonly text: string;
  /** Whether it is an item of a list, or several in a row: what a document asks to be done mostly stands so. */
  readonly listed: boolean;
  /** How many items or sentences it consists of. */
  readonly parts: number;
}

/** Longest excerpt, in UTF-16 code units: what can be read on a telephone beside where and how long to practise. */
export const MAX_EXCERPT = 360;

/** Shortest one: less says too little by itself. */
const MIN_EXCERPT = 60;

const HEADING = /^ {0,3}#{1,6}\s/;
const ITEM = /^ {0,3}(?:[-*+•]|\d{1,2}[.)])\s+/;

/** A paragraph or an item of a list: [start, end) in the passage, without its marker. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly listed: boolean;
  /** Whether it is an item that directly follows another. */
  readonly follows: boolean;
}

/** What of a passage could be quoted: items of its lists, alone or in a row, and neighbouring sentences of its paragraphs. */
export function excerptsOf(passage: string): Excerpt[] {
  const blocks = blocksOf(passage);
  return blocks
    .flatMap((block, index) => (block.listed ? rowsFrom(blocks, index) : runsOf(sentencesOf(passage, block))))
    .map(({ start, end, listed, parts }) => ({ text: passage.slice(start, end), listed, parts }))
    .filter(({ text }) => text.length >= MIN_EXCERPT && text.length <= MAX_EXCERPT);
}

function blocksOf(passage: string): Block[] {
  const blocks: Block[] = [];
  /** Whether the next line may go on with the last block. */
  let open = false;
  let position = 0;
  for (const line of passage.split("\n")) {
    const end = position + line.trimEnd().length;
    const last = blocks.at(-1);
    const marker = ITEM.exec(line)?.[0];
    if (line.trim() === "" || HEADING.test(line)) {
      open = false;
    } else if (marker !== undefined) {
      const follows = open && last?.listed === true;
      blocks.push({ start: position + marker.length, end, listed: true, follows });
      open = true;
    } else if (open && last !== undefined) {
      blocks[blocks.length - 1] = { ...last, end };
    } else {
      const indent = line.length - line.trimStart().length;
      blocks.push({ start: position + indent, end, listed: false, follows: false });
      open = true;
    }
    position += line.length + 1;
  }
  return blocks;
}

/** Neighbouring items or sentences: [start, end) in the passage. */
interface Row {
  readonly start: number;
  readonly end: number;
  readonly listed: boolean;
  readonly parts: number;
}

/** An item, and it with one, two, … of those that follow it. */
function rowsFrom(blocks: readonly Block[], index: number): Row[] {
  const [first, ...others] = blocks.slice(index);
  if (first === undefined) return [];
  const more = others.findIndex(({ follows }) => !follows);
  const row = [first, ...others.slice(0, more === -1 ? others.length : more)];
  return row.map(({ end }, last) => ({ start: first.start, end, listed: true, parts: last + 1 }));
}

/** Most sentences of a paragraph that are quoted together. */
const MOST_SENTENCES = 3;

function runsOf(sentences: readonly Span[]): Row[] {
  return sentences.flatMap(({ start }, index) =>
    sentences
      .slice(index, index + MOST_SENTENCES)
      .map(({ end }, last) => ({ start, end, listed: false, parts: last + 1 })),
  );
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** What ends no sentence though it ends with a full stop: "op. 9", "J. S. Bach", "e.g. this". */
const ABBREVIATION = /(?:^|[\s(])(?:op|no|nos|bars?|bb?|pp?|e\.g|i\.e|cf|vs|ca|St|[A-Z])\.$/iu;

function sentencesOf(passage: string, { start, end }: Span): Span[] {
  // A line's end within a paragraph ends no sentence; a space of the same length keeps the positions.
  const text = passage.slice(start, end).replace(/\s/gu, " ");
  const sentences: Span[] = [];
  let from = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    const to = index + segment.length;
    const sentence = text.slice(from, to).trimEnd();
    if (to < text.length && ABBREVIATION.test(sentence)) continue;
    sentences.push({ start: start + from, end: start + from + sentence.length });
    from = to;
  }
  return sentences;
}
