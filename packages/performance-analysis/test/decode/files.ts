import { box, bytes, u32be, zeros } from "../container/build.ts";

type Box = { readonly type: string; readonly start: number; readonly end: number };

/** The boxes from `start` to `end` of a file whose sizes all have 32 bits. */
export function boxesOf(file: Uint8Array, start = 0, end = file.length): Box[] {
  const view = new DataView(file.buffer, file.byteOffset);
  const found: Box[] = [];
  for (let at = start; at < end; at += view.getUint32(at)) {
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    found.push({ type, start: at, end: at + view.getUint32(at) });
  }
  return found;
}

function part(file: Uint8Array, type: string): Uint8Array {
  const found = boxesOf(file).find((candidate) => candidate.type === type);
  return found ? file.subarray(found.start, found.end) : zeros(0);
}

/** Where four characters first stand. */
export function indexOf(file: Uint8Array, text: string): number {
  return String.fromCharCode(...file).indexOf(text);
}

/** The file with `moov` in front of the sound, its chunk offsets moved. */
export function withMoovFirst(file: Uint8Array): Uint8Array {
  const moov = part(file, "moov").slice();
  const view = new DataView(moov.buffer);
  const table = indexOf(moov, "stco") + 4;
  for (let entry = 0; entry < view.getUint32(table + 4); entry += 1) {
    const at = table + 8 + 4 * entry;
    view.setUint32(at, view.getUint32(at) + moov.length);
  }
  const others = boxesOf(file).filter(({ type }) => type !== "moov" && type !== "ftyp");
  return bytes(part(file, "ftyp"), moov, ...others.map(({ start, end }) => file.subarray(start, end)));
}

/** The file, whose `moov` stands last, with more boxes at the end of it. */
export function withInMoov(file: Uint8Array, ...added: Uint8Array[]): Uint8Array {
  const moov = part(file, "moov");
  return bytes(file.subarray(0, file.length - moov.length), box("moov", moov.subarray(8), ...added));
}

/** Album art of so many bytes, which look like sound. */
export function albumArt(length: number): Uint8Array {
  const picture = new Uint8Array(length).fill(0xff);
  return box(
    "udta",
    box("meta", zeros(4), box("ilst", box("covr", box("data", bytes(u32be(13), u32be(0)), picture)))),
  );
}

/** The iTunes tag that states the encoder's delay, its padding, and the length without both. */
export function gaplessTag(delay: number, padding: number, length: number): Uint8Array {
  const text = ` 00000000 ${hex(delay, 8)} ${hex(padding, 8)} ${hex(length, 16)} 00000000 00000000`;
  const item = box(
    "----",
    box("mean", zeros(4), bytes("com.apple.iTunes")),
    box("name", zeros(4), bytes("iTunSMPB")),
    box("data", bytes(u32be(1), u32be(0), text)),
  );
  return box("udta", box("meta", zeros(4), box("ilst", item)));
}

/** The file with these four characters replaced, wherever they stand first. */
export function renamed(file: Uint8Array, from: string, to: string): Uint8Array {
  const copy = file.slice();
  copy.set(bytes(to), indexOf(copy, from));
  return copy;
}

/** The file with `length` bytes from `start` replaced by noise. */
export function overwritten(file: Uint8Array, start: number, length: number): Uint8Array {
  const copy = file.slice();
  for (let at = 0; at < length; at += 1) copy[start + at] = (Math.imul(at + 1, 2_654_435_761) >>> 13) & 0xff;
  return copy;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}
