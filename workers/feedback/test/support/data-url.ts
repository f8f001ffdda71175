/** The bytes of a `data:` URL in base64 (RFC 2397): what the bundler makes of a file that is imported with `?inline`. */
export function bytesOfDataUrl(url: string): Uint8Array<ArrayBuffer> {
  const base64 = url.slice(url.indexOf(",") + 1);
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
