import type { ByteInput, Reading } from "./byte-input.ts";
import { MAX_SAMPLE_ENTRY, parseSampleEntry } from "./mp4-sample-entry.ts";
import { type Movie, newTrack, type Track } from "./mp4-track.ts";

// Boxes without children that matter, after ISO/IEC 14496-12; section numbers of its 2015 edition. Each reader
// starts with the cursor on the payload, which is `length` bytes long, and may leave the cursor anywhere in it.
// False: the file ends inside the box. A box too short for its fields is passed over.

type LeafReader = (input: ByteInput, length: number, movie: Movie, track: Track) => Reading<boolean>;

/** Read where they stand in `PARENTS` below, into the latest track. */
export const LEAVES = new Map<string, LeafReader>([
  ["mvhd", readMvhd],
  ["tkhd", readTkhd],
  ["mdhd", readMdhd],
  ["hdlr", readHdlr],
  ["elst", readElst],
  ["stsd", readStsd],
  ["stsz", readStsz],
  ["trex", readTrex],
  ["tfhd", readTfhd],
  ["trun", readTrun],
]);

/** Boxes that are entered or read, and the one box in which they count: so nesting can't go deeper than this. */
export const PARENTS = new Map([
  ["moov", ""],
  ["mvhd", "moov"],
  ["trak", "moov"],
  ["tkhd", "trak"],
  ["edts", "trak"],
  ["elst", "edts"],
  ["mdia", "trak"],
  ["mdhd", "mdia"],
  ["hdlr", "mdia"],
  ["minf", "mdia"],
  ["stbl", "minf"],
  ["stsd", "stbl"],
  ["stsz", "stbl"],
  ["mvex", "moov"],
  ["trex", "mvex"],
  ["moof", ""],
  ["traf", "moof"],
  ["tfhd", "traf"],
  ["trun", "traf"],
]);

/** Section 8.2.2. Version 1 has times of 64 bits. */
function* readMvhd(input: ByteInput, length: number, movie: Movie): Reading<boolean> {
  if (length < 32) return true;
  if (!(yield* input.fill(32))) return false;
  movie.timescale = input.u32be(input.u8(0) === 1 ? 20 : 12);
  return true;
}

/** Section 8.3.2. */
function* readTkhd(input: ByteInput, length: number, _movie: Movie, track: Track): Reading<boolean> {
  if (length < 24) return true;
  if (!(yield* input.fill(24))) return false;
  track.id = input.u32be(input.u8(0) === 1 ? 20 : 12);
  return true;
}

/** Section 8.4.2. All ones: the duration isn't known. */
function* readMdhd(input: ByteInput, length: number, _movie: Movie, track: Track): Reading<boolean> {
  if (length < 24) return true;
  const needed = Math.min(length, 32);
  if (!(yield* input.fill(needed))) return false;
  const isLong = input.u8(0) === 1;
  if (isLong && length < 32) return true;
  track.timescale = input.u32be(isLong ? 20 : 12);
  const duration = isLong ? input.u64be(24) : input.u32be(16);
  track.duration = duration >= (isLong ? 2 ** 64 : 2 ** 32 - 1) ? 0 : duration;
  return true;
}

/** Section 8.4.3. */
function* readHdlr(input: ByteInput, length: number, _movie: Movie, track: Track): Reading<boolean> {
  if (length < 12) return true;
  if (!(yield* input.fill(12))) return false;
  track.handlerType = input.latin1(8, 4);
  return true;
}

/** Section 8.6.6. A media time of -1 is an empty edit: a wait, not sound. */
function* readElst(input: ByteInput, length: number, _movie: Movie, track: Track): Reading<boolean> {
  if (length < 8) return true;
  if (!(yield* input.fill(8))) return false;
  const isLong = input.u8(0) === 1;
  const entryLength = isLong ? 20 : 12;
  const count = Math.min(input.u32be(4), Math.floor((length - 8) / entryLength));
  input.skip(8);
  let isFirst = true;
  for (let entry = 0; entry < count; entry++, input.skip(entryLength)) {
    if (!input.has(entryLength) && !(yield* input.fill(entryLength))) return false;
    if (input.u32be(isLong ? 8 : 4) === 0xffff_ffff) continue;
    track.editDuration += isLong ? input.u64be(0) : input.u32be(0);
    if (isFirst) track.editStart = isLong ? input.u64be(8) : input.u32be(4);
    isFirst = false;
  }
  return true;
}

/** Section 8.5.2; the first entry counts. */
function* readStsd(input: ByteInput, length: number, _movie: Movie, track: Track): Reading<boolean> {
  const needed = Math.min(length, MAX_SAMPLE_ENTRY);
  if (!(yield* input.fill(needed))) return false;
  track.sampleEntry = parseSampleEntry(input, 8, needed - 8);
  return true;
}

/** Section 8.7.3.2: one size for all samples, or a table of them. */
function* readStsz(input: ByteInput, length: number, _movie: Movie, track: Track): Reading<boolean> {
  if (length < 12) return true;
  if (!(yield* input.fill(12))) return false;
  const sampleSize = input.u32be(4);
  const count = input.u32be(8);
  input.skip(12);
  if (sampleSize > 0) track.sampleBytes += sampleSize * count;
  else {
    const listed = Math.min(count, Math.floor((length - 12) / 4));
    for (let sample = 0; sample < listed; sample++, input.skip(4)) {
      if (!input.has(4) && !(yield* input.fill(4))) return false;
      track.sampleBytes += input.u32be(0);
    }
  }
  return true;
}

/** Section 8.8.3. */
function* readTrex(input: ByteInput, length: number, movie: Movie): Reading<boolean> {
  if (length < 24) return true;
  if (!(yield* input.fill(24))) return false;
  if (movie.defaultSampleDurations.size < 256) {
    movie.defaultSampleDurations.set(input.u32be(4), input.u32be(12));
  }
  return true;
}

/** Section 8.8.7. Says which track the fragment is of; the walker passes a scratch track, taken up in `readTrun`. */
function* readTfhd(input: ByteInput, length: number, movie: Movie, fragment: Track): Reading<boolean> {
  if (length < 8) return true;
  const needed = Math.min(length, 24);
  if (!(yield* input.fill(needed))) return false;
  const flags = input.u24be(1);
  fragment.id = input.u32be(4);
  fragment.defaultSampleDuration = movie.defaultSampleDurations.get(fragment.id) ?? 0;
  const at = 8 + (flags & 0x01 ? 8 : 0) + (flags & 0x02 ? 4 : 0);
  if (flags & 0x08 && at + 4 <= needed) fragment.defaultSampleDuration = input.u32be(at);
  return true;
}

/** Section 8.8.8: sums the durations of the fragment's samples. */
function* readTrun(input: ByteInput, length: number, movie: Movie, fragment: Track): Reading<boolean> {
  if (length < 8) return true;
  if (!(yield* input.fill(8))) return false;
  const track = movie.tracks.find(({ id }) => id === fragment.id) ?? newTrack();
  const flags = input.u24be(1);
  const count = input.u32be(4);
  const head = 8 + (flags & 0x01 ? 4 : 0) + (flags & 0x04 ? 4 : 0);
  if ((flags & 0x100) === 0) {
    track.fragmentDuration += count * fragment.defaultSampleDuration;
    return true;
  }
  const fields = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length;
  const listed = Math.min(count, Math.floor((length - head) / (fields * 4)));
  input.skip(head);
  for (let sample = 0; sample < listed; sample++, input.skip(fields * 4)) {
    if (!input.has(4) && !(yield* input.fill(4))) return false;
    track.fragmentDuration += input.u32be(0);
  }
  return true;
}
