import type { Reading } from "../../container/byte-input.ts";
import { FILE, type OpenBox, TO_END_OF_FILE } from "../../container/mp4-box.ts";
import { LEAVES } from "../../container/mp4-leaves.ts";
import type { SourceWindow } from "../source-window.ts";
import { type BoxReader, readBoxes } from "./boxes.ts";
import { readFragment } from "./fragments.ts";
import { readITunesTag } from "./itunes-tag.ts";
import { newSoundMovie, newSoundTrack, type SoundMovie, type SoundTrack } from "./movie.ts";

/** A recording has one track, a film a few. */
const MAX_TRACKS = 64;

/**
 * Reads what a file's boxes (ISO/IEC 14496-12) say of its tracks, `moov` before or behind the sound, fragments included;
 * pictures and the sound itself are passed over.
 */
export function* readMovie(input: SourceWindow): Reading<SoundMovie> {
  const movie = newSoundMovie();
  // biome-ignore lint/correctness/useYield: a reader of boxes, though this one needs no bytes
  const mediaData: BoxReader = function* (source, { end }) {
    if (movie.expectsFragments && end > source.size && end < TO_END_OF_FILE) movie.endsInside = true;
  };
  const readers = new Map<string, BoxReader>([
    ["moov", (source, box) => readMoov(source, box, movie)],
    ["moof", (source, box, start) => readFragment(source, box, start, movie)],
    ["mdat", mediaData],
  ]);
  yield* readBoxes(input, FILE, readers, () => movie.moovEnd > 0 && !movie.expectsFragments);
  return movie;
}

function* readMoov(input: SourceWindow, box: OpenBox, movie: SoundMovie): Reading<undefined> {
  const shared = newSoundTrack();
  const trex: BoxReader = function* (source, { end }) {
    if (end - source.position < 24 || !(yield* source.fill(24))) return;
    if (movie.defaultSampleSizes.size < MAX_TRACKS) {
      movie.defaultSampleSizes.set(source.u32be(4), source.u32be(16));
    }
  };
  const readers = new Map<string, BoxReader>([
    ["mvhd", leaf("mvhd", movie, shared)],
    ["trak", (source, child) => readTrak(source, child, movie)],
    ["udta", (source, child) => readITunesTag(source, child, movie)],
    [
      "mvex",
      (source, child) => {
        movie.expectsFragments = true;
        return readBoxes(source, child, new Map([["trex", trex]]));
      },
    ],
  ]);
  yield* readBoxes(input, box, readers);
  // A `moov` that the file doesn't hold whole doesn't say where its sound is.
  if (box.end <= input.size) movie.moovEnd = box.end;
  return undefined;
}

function* readTrak(input: SourceWindow, box: OpenBox, movie: SoundMovie): Reading<undefined> {
  const track = newSoundTrack();
  if (movie.tracks.length < MAX_TRACKS) movie.tracks.push(track);
  const into = (readers: ReadonlyMap<string, BoxReader>): BoxReader => {
    return (source, child) => readBoxes(source, child, readers);
  };
  const stbl = new Map<string, BoxReader>([
    ["stsd", leaf("stsd", movie, track)],
    ["stsz", (source, child) => readSampleSizes(source, child, track)],
    ["stsc", (source, child) => readChunkRuns(source, child, track)],
    ["stco", (source, child) => readChunkOffsets(source, child, track, 4)],
    ["co64", (source, child) => readChunkOffsets(source, child, track, 8)],
  ]);
  const mdia = new Map<string, BoxReader>([
    ["mdhd", leaf("mdhd", movie, track)],
    ["hdlr", leaf("hdlr", movie, track)],
    ["minf", into(new Map([["stbl", into(stbl)]]))],
  ]);
  const readers = new Map<string, BoxReader>([
    ["tkhd", leaf("tkhd", movie, track)],
    ["edts", into(new Map([["elst", leaf("elst", movie, track)]]))],
    ["mdia", into(mdia)],
  ]);
  yield* readBoxes(input, box, readers);
  return undefined;
}

/** A reader that the probe has too. */
function leaf(type: string, movie: SoundMovie, track: SoundTrack): BoxReader {
  const read = LEAVES.get(type);
  return function* (input, box) {
    if (read) yield* read(input, box.end - input.position, movie, track);
  };
}

/** Section 8.7.3.2: one size for all samples, or a table of them. */
function* readSampleSizes(input: SourceWindow, box: OpenBox, track: SoundTrack): Reading<undefined> {
  if (!(yield* input.fill(12))) return undefined;
  const size = input.u32be(4);
  const count = input.u32be(8);
  input.skip(12);
  if (size > 0) {
    track.samples.setCommonSize(size, count);
    return undefined;
  }
  const listed = Math.min(count, Math.floor((box.end - input.position) / 4));
  for (let sample = 0; sample < listed; sample += 1, input.skip(4)) {
    if (!input.has(4) && !(yield* input.fill(4))) return undefined;
    track.samples.addSize(input.u32be(0));
  }
  return undefined;
}

/** Section 8.7.4. */
function* readChunkRuns(input: SourceWindow, box: OpenBox, track: SoundTrack): Reading<undefined> {
  const count = yield* readCount(input, box, 12);
  for (let entry = 0; entry < count; entry += 1, input.skip(12)) {
    if (!input.has(12) && !(yield* input.fill(12))) return undefined;
    track.samples.addRun(input.u32be(0), input.u32be(4));
  }
  return undefined;
}

/** Section 8.7.5, of 4 or 8 bytes. */
function* readChunkOffsets(
  input: SourceWindow,
  box: OpenBox,
  track: SoundTrack,
  width: number,
): Reading<undefined> {
  const count = yield* readCount(input, box, width);
  for (let entry = 0; entry < count; entry += 1, input.skip(width)) {
    if (!input.has(width) && !(yield* input.fill(width))) return undefined;
    track.samples.addChunk(width === 4 ? input.u32be(0) : input.u64be(0));
  }
  return undefined;
}

/** The number of entries in a table, as many as its box has room for; leaves the cursor on the first. */
function* readCount(input: SourceWindow, box: OpenBox, width: number): Reading<number> {
  if (!(yield* input.fill(8))) return 0;
  const count = input.u32be(4);
  input.skip(8);
  return Math.min(count, Math.floor((box.end - input.position) / width));
}
