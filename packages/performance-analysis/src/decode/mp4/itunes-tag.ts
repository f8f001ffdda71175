import type { Reading } from "../../container/byte-input.ts";
import type { OpenBox } from "../../container/mp4-box.ts";
import type { SourceWindow } from "../source-window.ts";
import { type BoxReader, readBoxes } from "./boxes.ts";
import type { SoundMovie } from "./movie.ts";

/** The most bytes of a tag's value that are looked at; the one that is wanted has 118. */
const MAX_VALUE = 256;

/**
 * Reads iTunes' note on the encoder's delay from `udta` (in `meta`, `ilst`, an item `----` named "iTunSMPB"): hexadecimal
 * numbers, the second the delay in samples, the fourth the length without delay and padding. Album art is passed over.
 */
export function* readITunesTag(input: SourceWindow, box: OpenBox, movie: SoundMovie): Reading<undefined> {
  const item: BoxReader = function* (source, child) {
    let name = "";
    let value = "";
    const parts = new Map<string, BoxReader>([
      [
        "name",
        function* (part, { end }) {
          name = yield* readText(part, end, 4);
        },
      ],
      [
        "data",
        function* (part, { end }) {
          value = yield* readText(part, end, 8);
        },
      ],
    ]);
    yield* readBoxes(source, child, parts);
    if (name === "iTunSMPB") movie.gapless = parseGapless(value);
  };
  const list: BoxReader = (source, child) => readBoxes(source, child, new Map([["----", item]]));
  const meta: BoxReader = function* (source, child) {
    // Version and flags, which QuickTime leaves out: then a box header stands here.
    if (!(yield* source.fill(8))) return;
    if (source.u32be(0) === 0) source.skip(4);
    yield* readBoxes(source, child, new Map([["ilst", list]]));
  };
  yield* readBoxes(input, box, new Map([["meta", meta]]));
  return undefined;
}

function* readText(input: SourceWindow, end: number, skipped: number): Reading<string> {
  input.skip(skipped);
  const length = Math.min(MAX_VALUE, end - input.position);
  return length > 0 && (yield* input.fill(length)) ? input.latin1(0, length) : "";
}

function parseGapless(value: string): { delay: number; length: number } | null {
  const numbers = value
    .trim()
    .split(/\s+/)
    .map((digits) => Number.parseInt(digits, 16));
  const [, delay = Number.NaN, , length = Number.NaN] = numbers;
  return delay >= 0 && length > 0 ? { delay, length } : null;
}
