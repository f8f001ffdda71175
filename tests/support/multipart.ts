const BOUNDARY = "----crescendai-test-boundary";

export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** One part of a multipart body, written by hand. */
export interface WrittenPart {
  readonly name: string;
  readonly filename?: string;
  readonly type?: string;
  readonly content: string | Uint8Array;
}

/** A multipart body byte for byte; `closed` false leaves the last boundary out. */
export function multipartBody(parts: readonly WrittenPart[], closed = true): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  for (const { name, filename, type, content } of parts) {
    const file = filename === undefined ? "" : `; filename="${filename}"`;
    const kind = type === undefined ? "" : `Content-Type: ${type}\r\n`;
    pieces.push(
      Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${kind}\r\n`),
      Buffer.from(content),
      Buffer.from("\r\n"),
    );
  }
  if (closed) pieces.push(Buffer.from(`--${BOUNDARY}--\r\n`));
  return new Uint8Array(Buffer.concat(pieces));
}

export function audioPart(content: Uint8Array, filename = "take.wav"): WrittenPart {
  return { name: "audio", filename, type: "audio/wav", content };
}

export function metadataPart(size: number, more: Record<string, unknown> = {}): WrittenPart {
  const metadata = { originalName: "take.wav", size, type: "audio/wav", ...more };
  return { name: "metadata", content: JSON.stringify(metadata) };
}
