import type { LookAhead } from "./byte-input.ts";
import { parseAudioSpecificConfig, type SampleEntry } from "./mp4-audio-specific-config.ts";

/** Bytes of `stsd` that are looked at: the entry with its decoder configuration has about a hundred. */
export const MAX_SAMPLE_ENTRY = 2048;

/** Offsets in an AudioSampleEntry, from its size field (ISO/IEC 14496-12 section 12.2.3). */
const VERSION = 16;
const CHANNEL_COUNT = 24;
const SAMPLE_RATE = 32;
/** Where its child boxes begin, by QuickTime's version of the sound description (QuickTime File Format, "Sound"). */
const CHILDREN = [36, 52, 72];

/** MPEG-4 descriptor tags (ISO/IEC 14496-1 section 7.2.2.1). */
const ES_DESCRIPTOR = 3;
const DECODER_CONFIG = 4;
const DECODER_SPECIFIC_INFO = 5;
/** objectTypeIndication of MPEG-4 audio, whose object type follows in the AudioSpecificConfig. */
const MPEG4_AUDIO = 0x40;

/** Parses the entry at `offset` of the cursor; `length` bytes from there are available, all that is looked at. */
export function parseSampleEntry(input: LookAhead, offset: number, length: number): SampleEntry | null {
  if (length < 36) return null;
  const end = offset + Math.min(length, input.u32be(offset));
  const type = input
    .latin1(offset + 4, 4)
    .trim()
    .replace(/[^\x20-\x7e]/g, "?");
  const version = input.u16be(offset + VERSION);
  const isVersion2 = version === 2 && length >= 72;
  // Version 2 has a float and a 32-bit count further on, the others 16.16 and 16 bits.
  const entry: SampleEntry = {
    codec: type,
    sampleRate: isVersion2 ? saneRate(input.f64be(offset + 40)) : input.u16be(offset + SAMPLE_RATE),
    channels: Math.max(
      1,
      isVersion2 ? Math.min(64, input.u32be(offset + 48)) : input.u16be(offset + CHANNEL_COUNT),
    ),
    hasShortFrames: false,
  };
  const children = offset + (CHILDREN[version] ?? 36);
  if (type === "alac") return parseAlac(input, children, end) ?? entry;
  if (type !== "mp4a") return entry;
  const esds = findBox(input, children, end, "esds");
  return esds ? parseEsds(input, esds.payload + 4, esds.end, entry) : entry;
}

function saneRate(rate: number): number {
  return rate > 0 && rate < 1_000_000 ? Math.round(rate) : 0;
}

/** Finds a box among those from `at` to `end`, QuickTime's `wave` included. */
function findBox(
  input: LookAhead,
  at: number,
  end: number,
  type: string,
): { payload: number; end: number } | null {
  let here = at;
  while (here + 8 <= end) {
    const size = input.u32be(here);
    const boxEnd = Math.min(end, here + size);
    const found = input.latin1(here + 4, 4);
    if (found === type) return { payload: here + 8, end: boxEnd };
    // The contents of `wave` are boxes too: going on behind its header reads them in turn.
    if (size < 8) return null;
    here = found === "wave" ? here + 8 : boxEnd;
  }
  return null;
}

/** The ALAC magic cookie, "ALACSpecificConfig" of Apple's alac project: rate and channels beyond 16 bits. */
function parseAlac(input: LookAhead, children: number, end: number): SampleEntry | null {
  const cookie = findBox(input, children, end, "alac");
  if (!cookie || cookie.end - cookie.payload < 28) return null;
  const channels = input.u8(cookie.payload + 13);
  return {
    codec: "alac",
    sampleRate: saneRate(input.u32be(cookie.payload + 24)),
    channels: Math.max(1, channels),
    hasShortFrames: false,
  };
}

/** Follows ES_Descriptor → DecoderConfigDescriptor → DecoderSpecificInfo (ISO/IEC 14496-1 section 7.2.6). */
function parseEsds(input: LookAhead, start: number, end: number, entry: SampleEntry): SampleEntry {
  let at = start;
  let objectType = 0;
  while (at + 2 <= end) {
    const tag = input.u8(at++);
    let length = 0;
    // The length has seven bits a byte, the top bit saying that more follow: four bytes at most.
    for (let bytes = 0; bytes < 4 && at < end; bytes++) {
      const byte = input.u8(at++);
      length = length * 128 + (byte & 0x7f);
      if (byte < 0x80) break;
    }
    if (tag === ES_DESCRIPTOR) {
      if (at + 3 > end) break;
      const flags = input.u8(at + 2);
      at += 3 + (flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0);
      if (flags & 0x40) at += at < end ? 1 + input.u8(at) : 1;
    } else if (tag === DECODER_CONFIG) {
      if (at + 13 > end) break;
      objectType = input.u8(at);
      at += 13;
    } else if (tag === DECODER_SPECIFIC_INFO && objectType === MPEG4_AUDIO) {
      return parseAudioSpecificConfig(input, at, Math.min(end, at + length), entry);
    } else {
      at += length;
    }
  }
  return objectType === 0 ? entry : { ...entry, codec: `mp4a.${objectType.toString(16).padStart(2, "0")}` };
}
