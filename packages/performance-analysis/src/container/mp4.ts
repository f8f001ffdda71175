import type { ByteInput, Reading } from "./byte-input.ts";
import { accept, refuse, refuseDamaged, type Verdict, WHAT_TO_SEND } from "./description.ts";
import { type Ending, FILE, type OpenBox, readBoxHeader, TO_END_OF_FILE } from "./mp4-box.ts";
import { LEAVES, PARENTS } from "./mp4-leaves.ts";
import { type Movie, newMovie, newTrack, type Track, trackSeconds } from "./mp4-track.ts";

/** An hour in fragments of a second has some 40,000; the limit keeps a file of empty boxes from costing time. */
const MAX_BOXES = 500_000;
/** A recording has one track, a film a few. */
const MAX_TRACKS = 64;
/** Bits a second that no codec goes below for long; a longer duration than the bytes allow is a lie. */
const MIN_BIT_RATE = 100;

/**
 * Reads an ISO base media file (ISO/IEC 14496-12) or QuickTime movie, the cursor on its first box, `moov` before or
 * after the sound, fragments too. Accepts any file with a sound track and names its codec: whether that can be
 * decoded is for the decoder to say. Where less media data arrived than the samples need, the duration is cut in
 * proportion, as if the bit rate were constant.
 */
export function* readMp4(input: ByteInput): Reading<Verdict> {
  const movie = newMovie();
  const ending = yield* walkBoxes(input, movie);
  yield* input.skipToEnd();
  return judge(movie, ending, input);
}

function* walkBoxes(input: ByteInput, movie: Movie): Reading<Ending> {
  const open: OpenBox[] = [];
  let track = newTrack();
  for (let boxes = 0; boxes < MAX_BOXES; boxes++) {
    while (input.position >= (open.at(-1)?.end ?? Number.POSITIVE_INFINITY)) open.pop();
    const parent = open.at(-1) ?? FILE;
    const start = input.position;
    const box = yield* readBoxHeader(input, parent);
    if (typeof box === "string") {
      // Padding at the end of a box, as QuickTime leaves it in `udta`, is no reason to give up on the rest.
      if (box !== "not a box" || parent === FILE) return box;
      input.skip(parent.end - start);
      continue;
    }
    const { type, end } = box;
    if (type === "mdat" && parent === FILE) yield* passMediaData(input, movie, end);
    if (PARENTS.get(type) === parent.type) {
      if (type === "moov") movie.moovEnd = Math.max(movie.moovEnd, end);
      if (type === "moof") movie.hasFragments = true;
      // The boxes of a `traf` gather in a track of their own; durations are added to the one it names.
      if (type === "trak" || type === "traf") track = newTrack();
      if (type === "trak" && movie.tracks.length < MAX_TRACKS) movie.tracks.push(track);
      const readLeaf = LEAVES.get(type);
      if (!readLeaf) {
        open.push(box);
        continue;
      }
      if (!(yield* readLeaf(input, end - input.position, movie, track))) return "inside a box";
    }
    input.skip(Math.max(0, end - input.position));
  }
  return "not a box";
}

function* passMediaData(input: ByteInput, movie: Movie, end: number): Reading<undefined> {
  const start = input.position;
  if (end >= TO_END_OF_FILE) yield* input.skipToEnd();
  movie.mediaEnd = end >= TO_END_OF_FILE ? input.received : end;
  movie.mediaBytes += Math.max(0, movie.mediaEnd - start);
  return undefined;
}

/** `input` has passed the file's last byte. */
function judge(movie: Movie, ending: Ending, input: ByteInput): Verdict {
  const isUnfinished = movie.moovEnd === 0 || movie.moovEnd > input.received;
  if (isUnfinished) {
    if (movie.mediaEnd > 0 || ending !== "not a box") {
      return refuse(
        "TRUNCATED",
        "This M4A file was never finished: the part that says how to play it is missing, as when a recording app is stopped too early or a copy breaks off. Export or copy it again, and send the whole file.",
      );
    }
    return refuseDamaged("M4A", "its structure can't be read");
  }
  const sound = movie.tracks.find(({ handlerType, sampleEntry }) => handlerType === "soun" && sampleEntry);
  if (!sound?.sampleEntry) {
    return refuse("UNSUPPORTED_FORMAT", `This file has no sound track. ${WHAT_TO_SEND}`);
  }
  const seconds = trackSeconds(movie, sound);
  if (seconds * MIN_BIT_RATE > input.received * 8) {
    return refuseDamaged("M4A", "it claims to be much longer than its sound");
  }
  const { codec, channels, sampleRate } = sound.sampleEntry;
  const share = shareThatArrived(movie, input);
  return accept("M4A", {
    format: "m4a",
    // Fragments are counted as they pass: what didn't arrive isn't in `seconds`.
    durationSeconds: movie.hasFragments ? seconds : seconds * share,
    sampleRate: sampleRate || sound.timescale,
    channels,
    codec,
    incomplete: share < 1 || (movie.hasFragments && ending === "inside a box"),
  });
}

/** Of the bytes that the samples take, 0 … 1. */
function shareThatArrived(movie: Movie, input: ByteInput): number {
  const missing = Math.max(0, movie.mediaEnd - input.received);
  const arrived = Math.max(0, movie.mediaBytes - missing);
  const needed = movie.tracks.reduce((sum: number, track: Track) => sum + track.sampleBytes, 0);
  if (needed > 0) return Math.min(1, arrived / needed);
  return movie.mediaBytes > 0 ? arrived / movie.mediaBytes : 0;
}
