import { readInChunks } from "@crescendai/worker-kit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SEED } from "../support/seed.ts";

const CHUNK = 64 * 1024;

/** A stream that delivers these bytes in pieces of these lengths, over and over. */
function streamOf(bytes: Uint8Array, lengths: readonly number[]): ReadableStream<Uint8Array> {
  const { readable, writable } = new IdentityTransformStream();
  const send = async () => {
    const writer = writable.getWriter();
    for (let offset = 0, piece = 0; offset < bytes.byteLength; piece += 1) {
      const length = lengths[piece % lengths.length] ?? 1;
      await writer.write(bytes.slice(offset, offset + length));
      offset += length;
    }
    await writer.close();
  };
  void send().catch(() => undefined);
  return readable;
}

describe("reading in chunks", () => {
  test("gives every byte once and in order, in full chunks but for the last", async () => {
    const sizes = fc.constantFrom(0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_001);
    const lengths = fc.array(fc.integer({ min: 1000, max: 100_000 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sizes, lengths, async (size, pieces) => {
        const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) & 255);
        const chunks: Uint8Array[] = [];
        for await (const chunk of readInChunks(streamOf(bytes, pieces))) chunks.push(chunk);
        const full = Array.from({ length: Math.floor(size / CHUNK) }, () => CHUNK);
        const rest = size % CHUNK === 0 ? [] : [size % CHUNK];
        expect(chunks.map(({ byteLength }) => byteLength)).toEqual([...full, ...rest]);
        const read = new Uint8Array(await new Blob(chunks.map((chunk) => chunk.slice())).arrayBuffer());
        expect(read.every((byte, index) => byte === bytes[index])).toBe(true);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test("gives each chunk in memory of its own", async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of readInChunks(streamOf(new Uint8Array(2 * CHUNK).fill(5), [4096])))
      chunks.push(chunk);
    chunks[0]?.fill(0);
    expect(chunks[1]?.[0]).toBe(5);
    expect(chunks[0]?.buffer).not.toBe(chunks[1]?.buffer);
  });

  test("left early, cancels the stream", async () => {
    const cancelled = Promise.withResolvers<void>();
    const endless = new ReadableStream({
      type: "bytes",
      pull: (controller) => controller.enqueue(new Uint8Array(CHUNK)),
      cancel: () => cancelled.resolve(),
    });
    for await (const chunk of readInChunks(endless)) {
      expect(chunk.byteLength).toBe(CHUNK);
      break;
    }
    await cancelled.promise;
  });

  test("passes on that a stream broke off, instead of taking it for its end", async () => {
    let pulls = 0;
    const broken = new ReadableStream({
      type: "bytes",
      pull: (controller) => {
        pulls += 1;
        if (pulls > 1) controller.error(new Error("connection lost"));
        else controller.enqueue(new Uint8Array(CHUNK));
      },
    });
    const read = async () => {
      for await (const chunk of readInChunks(broken)) expect(chunk.byteLength).toBe(CHUNK);
    };
    await expect(read()).rejects.toThrow("connection lost");
  });
});
