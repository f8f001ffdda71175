import { hex } from "@crescendai/worker-kit";

/** Bytes put one after the other; text as UTF-8. */
export function bytesOf(...pieces: readonly (string | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const encoded = pieces.map((piece) =>
    typeof piece === "string" ? new TextEncoder().encode(piece) : piece,
  );
  const whole = new Uint8Array(encoded.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of encoded) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The header of a WAV file (16 bit, mono, 44.1 kHz) of `size` bytes in all. */
export function wavHeader(size: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(44);
  const view = new DataView(header.buffer);
  header.set(bytesOf("RIFF....WAVEfmt "));
  view.setUint32(4, size - 8, true);
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 44_100, true);
  view.setUint32(28, 88_200, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  header.set(bytesOf("data"), 36);
  view.setUint32(40, size - 44, true);
  return header;
}

/** A WAV file of exactly `size` bytes whose bytes tell their place; `take` makes another file of the same size. */
export function wavOf(size: number, take = 0): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) file[at] = (at * 31 + (at >> 8) * 7 + (at >> 16) * 5 + take) & 255;
  file.set(wavHeader(size));
  return file;
}

export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", bytes));
}

export const BOUNDARY = "----boundary-of-the-tests";
export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** A part of a form: its name, what it holds, and the headers besides `name` that a client may send. */
export interface FormPart {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly filename?: string;
  readonly type?: string;
}

export function partHead({ name, filename, type }: Omit<FormPart, "content">): string {
  const file = filename === undefined ? "" : `; filename="${filename}"`;
  const contentType = type === undefined ? "" : `Content-Type: ${type}\r\n`;
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${contentType}\r\n`;
}

export const FORM_END = `--${BOUNDARY}--\r\n`;

export function formOf(...parts: readonly FormPart[]): Uint8Array<ArrayBuffer> {
  return bytesOf(...parts.flatMap((part) => [partHead(part), part.content, "\r\n"]), FORM_END);
}

export const audioPart = (content: string | Uint8Array): FormPart => ({
  name: "audio",
  content,
  filename: "take.wav",
  type: "audio/wav",
});

/** Metadata that fits the file, with what is given instead. */
export const metadataPart = (file: Uint8Array, given: Readonly<Record<string, unknown>> = {}): FormPart => ({
  name: "metadata",
  content: JSON.stringify({ originalName: "take.wav", size: file.length, type: "audio/wav", ...given }),
});

/** A whole upload of a file. */
export const uploadForm = (file: Uint8Array, metadata: Readonly<Record<string, unknown>> = {}) =>
  formOf(audioPart(file), metadataPart(file, metadata));

/** Bytes as a stream that hands them over cut at these places. */
export function streamOf(
  bytes: Uint8Array<ArrayBuffer>,
  cuts: readonly number[] = [],
): ReadableStream<Uint8Array> {
  const places = [...new Set([0, ...cuts, bytes.length])]
    .filter((cut) => cut <= bytes.length)
    .sort((a, b) => a - b);
  const pieces = places.slice(1).map((end, index) => bytes.slice(places[index], end));
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const piece = pieces.shift();
      if (piece !== undefined) controller.enqueue(piece);
      if (pieces.length === 0) {
        controller.close();
        controller.byobRequest?.respond(0);
      }
    },
  });
}
