/** Base64 (RFC 4648, section 4), which this package has no platform to decode for it. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes that a base64 text stands for. Anything outside the alphabet is taken for padding. */
export function bytesOfBase64(text: string): Uint8Array {
  const values = Uint8Array.from(text, (character) => ALPHABET.indexOf(character)).filter(
    (value) => value < ALPHABET.length,
  );
  const bytes = new Uint8Array(Math.floor((values.length * 6) / 8));
  for (let i = 0; i < bytes.length; i += 1) {
    const bit = i * 8;
    const first = bit % 6;
    const at = (bit - first) / 6;
    const three = (values[at] << 12) | (values[at + 1] << 6) | (values[at + 2] ?? 0);
    bytes[i] = (three >> (10 - first)) & 0xff;
  }
  return bytes;
}
