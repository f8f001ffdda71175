import type { Reading } from "../../container/byte-input.ts";
import type { SampleEntry } from "../../container/mp4-audio-specific-config.ts";
import { type Result, success } from "../../result.ts";
import { bandsOf, LINES } from "../aac/bands.ts";
import { createFrameDecoder, type FrameDecoder } from "../aac/frame-decoder.ts";
import { copyProtected, damaged, refuseSampleRate, unsupported } from "../failures.ts";
import type { Ending } from "../format-reader.ts";
import type { SoundWriter, Trim } from "../sound-writer.ts";
import type { SourceWindow } from "../source-window.ts";
import type { SoundMovie, SoundTrack } from "./movie.ts";
import { readMovie } from "./movie-reader.ts";

/** Bytes of a raw data block, at most: 6144 bits a channel (ISO/IEC 14496-3 section 4.5.3.1), eight of them. */
const MAX_BLOCK = 6144;
/**
 * Samples that may lie before the one read last. An honest file has none, or a few after editing; each costs a read, so the
 * limit keeps a file that jumps about from costing time.
 */
const MAX_BACKWARD_JUMPS = 1000;

/** What other codecs are called by people. */
const CODEC_NAMES = new Map([
  ["mp4a.40.1", "AAC of the Main profile"],
  ["mp4a.40.3", "AAC of the SSR profile"],
  ["mp4a.40.4", "AAC of the LTP profile"],
  ["mp4a.40.5", "HE-AAC (AAC+)"],
  ["mp4a.40.29", "HE-AAC v2 (AAC+)"],
  ["mp4a.40.42", "xHE-AAC"],
  ["mp4a.6b", "MP3 sound in an MP4 file"],
  ["mp4a.69", "MP3 sound in an MP4 file"],
  ["alac", "Apple Lossless (ALAC) sound"],
  ["Opus", "Opus sound"],
  ["fLaC", "FLAC sound in an MP4 file"],
  ["ac-3", "Dolby Digital sound"],
  ["ec-3", "Dolby Digital Plus sound"],
  ["samr", "AMR telephone sound"],
]);
/** Sample entries of encrypted tracks (ISO/IEC 14496-12 section 8.12; FairPlay). */
const ENCRYPTED = ["enca", "drms", "drmi"];

/**
 * Decodes the first sound track of an M4A, MP4 or QuickTime file, the cursor on its first box, if it is AAC-LC. The
 * encoder's delay and padding are left out where an edit list or an iTunes tag states them.
 */
export function* readM4a(input: SourceWindow, sound: SoundWriter): Reading<Result<Ending>> {
  const movie = yield* readMovie(input);
  if (movie.moovEnd === 0) {
    return damaged("M4A", "it was never finished, or is cut off, and doesn't say where its sound is");
  }
  const track = movie.tracks.find(({ handlerType, sampleEntry }) => handlerType === "soun" && sampleEntry);
  if (!track?.sampleEntry) return damaged("M4A", "it has no sound track");
  const entry = track.sampleEntry;
  const refusal = refuseCodec(entry);
  if (refusal) return refusal;
  const sampleRate = entry.sampleRate || track.timescale;
  const bands = bandsOf(sampleRate);
  if (bands === null) return unsupported("M4A", `sound with a sample rate of ${sampleRate} Hz`);

  const trim = trimOf(movie, track, sampleRate);
  const stated = trim.length === null ? null : trim.length / sampleRate;
  sound.open(
    {
      format: "m4a",
      codec: entry.codec,
      sampleRate,
      channels: entry.channels,
      cutOff: { from: 1, to: Number.POSITIVE_INFINITY },
      durationSeconds: stated,
    },
    trim,
  );
  const ending = yield* decodeSamples(input, sound, track, createFrameDecoder(bands, entry.channels));
  if (ending === "sbr") return unsupported("M4A", "HE-AAC (AAC+)");
  if (ending === "scattered") return damaged("M4A", "its sound is scattered all over the file");
  const all = Math.max(0, track.samples.count * LINES - trim.start) / sampleRate;
  const truncated = ending === "cut off" || (movie.endsInside && !sound.done);
  return success({ truncated, durationSeconds: stated ?? all });
}

function refuseCodec({ codec, sampleRate, hasShortFrames }: SampleEntry): Result<never> | null {
  if (ENCRYPTED.includes(codec)) return copyProtected("M4A");
  if (codec !== "mp4a.40.2") {
    return unsupported("M4A", CODEC_NAMES.get(codec) ?? `sound in the coding "${codec}"`);
  }
  if (hasShortFrames) return unsupported("M4A", "AAC in frames of 960 samples");
  return sampleRate > 0 ? refuseSampleRate("M4A", sampleRate) : null;
}

/** What of the decoder's output is the recording, in samples. */
function trimOf(movie: SoundMovie, track: SoundTrack, sampleRate: number): Trim {
  if (track.timescale === 0) return { start: 0, length: null };
  const scale = sampleRate / track.timescale;
  const start = Math.round(track.editStart * scale);
  const inTrack = Math.round(track.duration * scale) - start;
  if (start === 0 && movie.gapless !== null) {
    return { start: movie.gapless.delay, length: movie.gapless.length };
  }
  // Fragments come on top of what `moov` counts.
  if (movie.expectsFragments || inTrack <= 0) return { start, length: null };
  if (track.editDuration === 0 || movie.timescale === 0) return { start, length: inTrack };
  // The edit is in the movie's units, often milliseconds: within one of them the track's own length is the exact one.
  const edited = (track.editDuration / movie.timescale) * sampleRate;
  const unit = sampleRate / movie.timescale;
  return { start, length: edited < inTrack - unit ? Math.round(edited) : inTrack };
}

/** Decodes the track's samples up to the end of the sound that is wanted, or of the file. */
function* decodeSamples(
  input: SourceWindow,
  sound: SoundWriter,
  track: SoundTrack,
  decoder: FrameDecoder,
): Reading<"whole" | "cut off" | "scattered" | "sbr"> {
  let jumps = 0;
  for (const { offset, size } of track.samples.samples()) {
    if (sound.done) return "whole";
    if (offset + size > input.size) return "cut off";
    if (offset < input.position) {
      jumps += 1;
      if (jumps > MAX_BACKWARD_JUMPS) return "scattered";
    }
    let isDamaged = size === 0 || size > MAX_BLOCK;
    if (isDamaged) decoder.decodeSilence();
    else {
      input.seek(offset);
      if (!input.has(size) && !(yield* input.fill(size))) return "cut off";
      const outcome = decoder.decode(input.bytes, input.offset, input.offset + size);
      if (outcome === "sbr") return "sbr";
      isDamaged = outcome === "damaged";
      input.skip(size);
    }
    sound.write(decoder.channels, 0, LINES, isDamaged);
    if (sound.full) yield;
  }
  return "whole";
}
