// Recordings with something odd about them, made out of good ones.

import { bigEndian, box, joined } from "./bytes.ts";

/** A 16-bit WAV file with another length of its data, and of itself, in its header. */
export function claiming(wav: Uint8Array<ArrayBuffer>, dataBytes: number): Uint8Array<ArrayBuffer> {
  const copy = wav.slice();
  const view = new DataView(copy.buffer);
  view.setUint32(4, Math.min(0xffff_ffff, dataBytes + 36), true);
  view.setUint32(40, dataBytes, true);
  return copy;
}

/** An ID3v2.3 tag that holds a picture of so many bytes, in front of an MP3 file. */
export function withLargeTag(mp3: Uint8Array, pictureBytes: number): Uint8Array<ArrayBuffer> {
  // Frame headers of MP3 all over the picture: a reader that looks for the first one ends up in it.
  const picture = new Uint8Array(pictureBytes);
  for (let at = 0; at + 4 < pictureBytes; at += 417) picture.set([0xff, 0xfb, 0x90, 0x04], at);
  const body = joined("\0image/png\0\x03\0", picture);
  const frame = joined("APIC", bigEndian(body.length), "\0\0", body);
  const size = Uint8Array.from([21, 14, 7, 0], (shift) => (frame.length >>> shift) & 127);
  return joined("ID3\x03\0\0", size, frame, mp3);
}

/** The MPEG frames of an MP3 file, over and over for so many bytes, without its tags and the length that its encoder noted. */
export function repeatedMp3(mp3: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const [, ...frames] = framesOf(mp3);
  const whole = joined(...frames);
  return joined(...Array.from({ length: Math.ceil(bytes / whole.length) }, () => whole));
}

/** Bit rates of MPEG 1 layer III in kbit/s, by their four bits (ISO 11172-3, 2.4.2.3). */
const BIT_RATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
/** Its sample rates, by their two bits. */
const SAMPLE_RATES = [44_100, 48_000, 32_000];

/** The frames of an MP3 file (MPEG 1, layer III); the first is the encoder's own, which holds no sound. */
function framesOf(mp3: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let at = id3Length(mp3); mp3[at] === 0xff; ) {
    const third = mp3[at + 2] ?? 0;
    const rate = BIT_RATES[third >> 4] ?? 0;
    const sampleRate = SAMPLE_RATES[(third >> 2) & 3] ?? 44_100;
    const length = Math.floor((144_000 * rate) / sampleRate) + ((third >> 1) & 1);
    frames.push(mp3.subarray(at, at + length));
    at += length;
  }
  return frames;
}

function id3Length(mp3: Uint8Array): number {
  if (Buffer.from(mp3.subarray(0, 3)).toString("latin1") !== "ID3") return 0;
  return [6, 7, 8, 9].reduce((length, at) => length * 128 + (mp3[at] ?? 0), 0) + 10;
}

/** An M4A file whose `moov` stands last, with a picture as album art in it. */
export function withAlbumArt(m4a: Uint8Array, pictureBytes: number): Uint8Array<ArrayBuffer> {
  const moov = Buffer.from(m4a).lastIndexOf("moov") - 4;
  const picture = joined("\x89PNG\r\n\x1a\n", new Uint8Array(pictureBytes).fill(0xff));
  const cover = box("covr", box("data", bigEndian(14), bigEndian(0), picture));
  const art = box("udta", box("meta", bigEndian(0), box("ilst", cover)));
  return joined(m4a.subarray(0, moov), box("moov", m4a.subarray(moov + 8), art));
}

/** The file with so many bytes from its middle on replaced by others. */
export function damagedInTheMiddle(file: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const copy = joined(file);
  const middle = file.length >> 1;
  for (let at = 0; at < bytes; at += 1) copy[middle + at] = (Math.imul(at + 1, 2_654_435_761) >>> 13) & 255;
  return copy;
}

/** A ZIP archive (APPNOTE 6.3) with one stored file, which begins as an MP3 does. */
export function zipOfMp3(mp3: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(26));
  head.setUint16(0, 20, true);
  head.setUint32(14, mp3.length, true);
  head.setUint32(18, mp3.length, true);
  head.setUint16(22, 8, true);
  return joined("PK\x03\x04", new Uint8Array(head.buffer), "take.mp3", mp3);
}

/** White noise, the same every time (linear congruential generator of _Numerical Recipes_). */
export function whiteNoise(seconds: number, sampleRate = 22_050): Float32Array {
  let state = 1;
  return Float32Array.from({ length: seconds * sampleRate }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return 0.3 * (state / 2 ** 31 - 1);
  });
}
