import type { Reading } from "../../container/byte-input.ts";
import type { OpenBox } from "../../container/mp4-box.ts";
import type { SourceWindow } from "../source-window.ts";
import { type BoxReader, readBoxes } from "./boxes.ts";
import type { SoundMovie } from "./movie.ts";

/** Samples of one run: more than a minute of sound. */
const MAX_RUN = 10_000;

/** Reads a movie fragment (`moof`, ISO/IEC 14496-12 section 8.8): adds its samples to the tracks that they are of. */
export function* readFragment(
  input: SourceWindow,
  box: OpenBox,
  start: number,
  movie: SoundMovie,
): Reading<undefined> {
  const traf: BoxReader = function* (source, child) {
    let id = 0;
    let base = start;
    let defaultSize = 0;
    /** Where the next run begins, if it doesn't say. */
    let next = start;
    const tfhd: BoxReader = function* (part, { end }) {
      if (!(yield* part.fill(Math.min(28, end - part.position)))) return;
      const flags = part.u24be(1);
      id = part.u32be(4);
      defaultSize = movie.defaultSampleSizes.get(id) ?? 0;
      let at = 8;
      if (flags & 0x01) {
        base = part.u64be(at);
        at += 8;
      }
      // The sample description and the default duration stand before the default size.
      at += (flags & 0x02 ? 4 : 0) + (flags & 0x08 ? 4 : 0);
      if (flags & 0x10) defaultSize = part.u32be(at);
      next = base;
    };
    const trun: BoxReader = function* (part) {
      if (!(yield* part.fill(12))) return;
      const flags = part.u24be(1);
      const count = Math.min(part.u32be(4), MAX_RUN);
      // A signed offset from the base.
      const offset = flags & 0x01 ? base + (part.u32be(8) | 0) : next;
      part.skip(8 + (flags & 0x01 ? 4 : 0) + (flags & 0x04 ? 4 : 0));
      const width = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
      const sizeAt = flags & 0x100 ? 4 : 0;
      const sizes: number[] = [];
      for (let sample = 0; sample < count; sample += 1, part.skip(width)) {
        if (!part.has(width) && !(yield* part.fill(width))) return;
        sizes.push(flags & 0x200 ? part.u32be(sizeAt) : defaultSize);
      }
      movie.tracks.find((track) => track.id === id)?.samples.addFragment(offset, sizes);
      next = offset + sizes.reduce((sum, size) => sum + size, 0);
    };
    yield* readBoxes(
      source,
      child,
      new Map([
        ["tfhd", tfhd],
        ["trun", trun],
      ]),
    );
  };
  yield* readBoxes(input, box, new Map([["traf", traf]]));
  return undefined;
}
