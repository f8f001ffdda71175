import { type ClientRequest, request } from "node:http";
import { residentMebibytes } from "./listening/process.ts";
import { measure, summarise } from "./statistics.ts";

const MEBIBYTE = 1024 * 1024;

/** The largest file that is taken. */
const FILE_BYTES = 50 * MEBIBYTE;

/**
 * An MPEG-1 layer III frame of 128 kbit/s and 44.1 kHz: 417 bytes. Of silence, which is the least work for the analyses
 * that compete with the uploads.
 */
const FRAME_BYTES = 417;

const BOUNDARY = "crescendai-bench-boundary";

/** How long the largest upload takes, alone and eight at once. */
export async function benchUploadTime(url: URL): Promise<void> {
  let file = 0;
  const upload = async () => {
    file += 1;
    const body = multipartBody(mp3(FILE_BYTES, file));
    const answer = await fetch(new URL("/api/v1/upload", url), {
      method: "POST",
      headers: {
        "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
        "x-user-id": `bench-upload-${file}`,
      },
      body,
    });
    if (answer.status !== 200) throw new Error(`upload answered ${answer.status}: ${await answer.text()}`);
  };
  await upload();
  const alone = summarise(await measure(5, 1, upload));
  console.log(`\nUpload of 50 MB: alone, median of ${alone.count}: ${(alone.p50 / 1000).toFixed(2)} s`);
  const started = performance.now();
  await measure(8, 8, upload);
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `  eight at once: all answered after ${seconds.toFixed(2)} s (${(400 / seconds).toFixed(0)} MB/s)`,
  );
}

/**
 * Memory held per upload: some uploads are let run to 40 of their 50 MB and then held there. The more are held, the
 * more memory the runtime needs; the slope of a line through the measurements is what one upload holds. What the
 * simulated bucket needs is in it, because it runs in the same process.
 */
export async function benchUploadMemory(url: URL, runtimeProcess: number): Promise<void> {
  console.log("\nMemory of the runtime with uploads held at 40 of 50 MB");
  const points: { readonly uploads: number; readonly mebibytes: number }[] = [];
  const held: ClientRequest[] = [];
  for (const uploads of [2, 4, 6, 8, 10, 12]) {
    while (held.length < uploads) held.push(await holdUpload(url, held.length));
    const mebibytes = residentMebibytes(runtimeProcess);
    points.push({ uploads, mebibytes });
    console.log(`  ${String(uploads).padStart(2)} held: ${mebibytes.toFixed(0)} MiB`);
  }
  for (const upload of held) upload.destroy();
  console.log(`  per upload: ${slope(points).toFixed(1)} MiB (target 16)`);
}

/** Sends 40 MB of an upload, waits until the server has taken them, and leaves it there. */
async function holdUpload(url: URL, number: number): Promise<ClientRequest> {
  const body = multipartBody(mp3(FILE_BYTES, 1000 + number));
  const upload = request(new URL("/api/v1/upload", url), {
    method: "POST",
    headers: {
      "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
      "content-length": body.length,
      "x-user-id": `bench-held-${number}`,
    },
  });
  upload.on("error", () => undefined);
  const sent = 40 * MEBIBYTE;
  for (let offset = 0; offset < sent; offset += MEBIBYTE) {
    await new Promise<void>((resolve) =>
      upload.write(body.subarray(offset, offset + MEBIBYTE), () => resolve()),
    );
  }
  return upload;
}

/** Least-squares slope: MiB an upload. */
function slope(points: readonly { readonly uploads: number; readonly mebibytes: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(({ uploads }) => uploads));
  const y = mean(points.map(({ mebibytes }) => mebibytes));
  const covariance = mean(points.map((point) => (point.uploads - x) * (point.mebibytes - y)));
  return covariance / mean(points.map((point) => (point.uploads - x) ** 2));
}

/** Frames of silence up to a size; the padding byte of the last frame makes every file another. */
function mp3(size: number, number: number): Buffer {
  const file = Buffer.alloc(Math.floor(size / FRAME_BYTES) * FRAME_BYTES);
  for (let offset = 0; offset < file.length; offset += FRAME_BYTES) file.writeUInt32BE(0xff_fb_90_00, offset);
  file.writeUInt32BE(number, file.length - 8);
  return file;
}

function multipartBody(file: Buffer): Buffer {
  const metadata = JSON.stringify({ originalName: "bench.mp3", size: file.length, type: "audio/mpeg" });
  return Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="metadata"\r\n\r\n${metadata}\r\n` +
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="audio"; filename="bench.mp3"\r\n\r\n`,
    ),
    file,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}
