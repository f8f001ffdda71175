/**
 * The file that holds a fitted model: "CRSM", the length of a JSON header (uint32, little-endian), the header, and
 * the arrays that it lists, one after the other, each beginning at a multiple of four bytes.
 */
const MAGIC = 0x4d535243;

/** Numbers of the types that the file knows. */
export type ModelArray = Int8Array | Int16Array | Float32Array;

/** Arrays of numbers by name. */
export type ModelArrays = ReadonlyMap<string, ModelArray>;

export interface ModelFile {
  /** Everything about the model that isn't an array of numbers. */
  readonly header: { readonly [name: string]: unknown };
  readonly arrays: ModelArrays;
}

interface ArrayEntry {
  readonly name: string;
  readonly type: "int8" | "int16" | "float32";
  readonly length: number;
}

/** The bytes of a model. The header must be plain ASCII once it is JSON. */
export function writeModelFile(
  header: { readonly [name: string]: unknown },
  arrays: ModelArrays,
): Uint8Array {
  const entries: ArrayEntry[] = [...arrays].map(([name, array]) => ({
    name,
    type: typeOf(array),
    length: array.length,
  }));
  const head = Uint8Array.from(JSON.stringify({ ...header, arrays: entries }), (letter) =>
    letter.charCodeAt(0),
  );
  const bodies = [...arrays.values()].map(
    (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
  );
  const file = new Uint8Array(
    bodies.reduce((sum, body) => sum + aligned(body.length), 8 + aligned(head.length)),
  );
  const view = new DataView(file.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, head.length, true);
  file.set(head, 8);
  let at = 8 + aligned(head.length);
  for (const body of bodies) {
    file.set(body, at);
    at += aligned(body.length);
  }
  return file;
}

/** Reads what `writeModelFile` wrote. Throws on anything else: a model is part of the program, not user input. */
export function readModelFile(bytes: Uint8Array): ModelFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error("not a model file");
  const length = view.getUint32(4, true);
  const text = Array.from(bytes.subarray(8, 8 + length), (code) => String.fromCharCode(code)).join("");
  const header: unknown = JSON.parse(text);
  if (!isHeader(header)) throw new Error("a model file without a header");
  const arrays = new Map<string, ModelArray>();
  let at = 8 + aligned(length);
  for (const entry of header.arrays) {
    const array = emptyArray(entry);
    new Uint8Array(array.buffer).set(bytes.subarray(at, at + array.byteLength));
    arrays.set(entry.name, array);
    at += aligned(array.byteLength);
  }
  if (at !== bytes.length) throw new Error("a model file that is cut off or too long");
  return { header, arrays };
}

function typeOf(array: ModelArray): ArrayEntry["type"] {
  if (array instanceof Int8Array) return "int8";
  return array instanceof Int16Array ? "int16" : "float32";
}

function emptyArray({ type, length }: ArrayEntry): ModelArray {
  switch (type) {
    case "int8":
      return new Int8Array(length);
    case "int16":
      return new Int16Array(length);
    case "float32":
      return new Float32Array(length);
  }
}

function aligned(length: number): number {
  return Math.ceil(length / 4) * 4;
}

function isHeader(value: unknown): value is { [name: string]: unknown; arrays: ArrayEntry[] } {
  return typeof value === "object" && value !== null && "arrays" in value && Array.isArray(value.arrays);
}
