const encoder = new TextEncoder();

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** The longest beginning of a text that is whole characters and at most so many bytes of UTF-8. */
export function truncateToBytes(text: string, bytes: number): string {
  // A UTF-16 unit is at most three bytes.
  if (text.length * 3 <= bytes) return text;
  const room = new Uint8Array(bytes);
  return text.slice(0, encoder.encodeInto(text, room).read);
}
