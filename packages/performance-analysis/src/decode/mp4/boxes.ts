import type { Reading } from "../../container/byte-input.ts";
import { type OpenBox, readBoxHeader } from "../../container/mp4-box.ts";
import type { SourceWindow } from "../source-window.ts";

/** An hour in fragments of a second has some 40,000; the limit keeps a file of empty boxes from costing time. */
const MAX_BOXES = 500_000;

/** Reads a box, the cursor on its payload; it may leave the cursor anywhere. `start`: offset of its header. */
export type BoxReader = (input: SourceWindow, box: OpenBox, start: number) => Reading<unknown>;

/**
 * Reads the boxes inside `parent` that have a reader, and passes over the others without reading them. `isDone`: whether
 * enough is known, asked before each box.
 */
export function* readBoxes(
  input: SourceWindow,
  parent: OpenBox,
  readers: ReadonlyMap<string, BoxReader>,
  isDone: () => boolean = () => false,
): Reading<undefined> {
  for (let boxes = 0; boxes < MAX_BOXES && input.position < parent.end && !isDone(); boxes += 1) {
    const start = input.position;
    const box = yield* readBoxHeader(input, parent);
    if (typeof box === "string") return undefined;
    const reader = readers.get(box.type);
    if (reader) yield* reader(input, box, start);
    input.seek(box.end);
  }
  return undefined;
}
