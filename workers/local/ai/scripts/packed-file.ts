import { FORMAT, HEADER_WORDS, NATS_PER_STEP } from "../src/words/word-vectors.ts";

/** A word as it is packed. */
export interface PackedWord {
  readonly word: string;
  /** In nats. */
  readonly information: number;
  readonly vector: ArrayLike<number>;
}

/** Packs words with vectors of the same dimensions; the form is described in src/words/word-vectors.ts. */
export function pack(words: readonly PackedWord[], commonDirections: readonly Float32Array[]): ArrayBuffer {
  const dimensions = words[0]?.vector.length ?? 0;
  const text = Buffer.from(words.map(({ word }) => word).join("\n"));
  const textBytes = Math.ceil(text.length / 4) * 4;
  const scales = Float32Array.from(words, ({ vector }) => Math.max(...Array.from(vector, Math.abs)) / 127);
  const buffer = new ArrayBuffer(
    (HEADER_WORDS + commonDirections.length * dimensions + words.length) * 4 +
      textBytes +
      words.length * (1 + dimensions),
  );
  const bytes = new Uint8Array(buffer);
  let at = 0;
  const append = (part: ArrayBufferView) => {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  };
  append(Uint32Array.of(FORMAT, words.length, dimensions, textBytes, commonDirections.length));
  for (const direction of commonDirections) append(direction);
  append(scales);
  append(Buffer.concat([text, Buffer.from("\n".repeat(textBytes - text.length))]));
  append(Uint8Array.from(words, ({ information }) => Math.min(255, Math.round(information / NATS_PER_STEP))));
  for (const [i, { vector }] of words.entries()) {
    append(Int8Array.from(vector, (value) => (scales[i] === 0 ? 0 : Math.round(value / scales[i]))));
  }
  return buffer;
}
