import type { StoredAudio } from "./analyser.ts";

/**
 * The file of a recording as the bucket has it. Where it is read from front to back, the next stretch is fetched while
 * the last one is listened to: at most two of what is asked for at once are in memory.
 *
 * @param size bytes of the object.
 */
export function storedAudio(bucket: R2Bucket, key: string, size: number): StoredAudio {
  let ahead: {
    readonly offset: number;
    readonly length: number;
    readonly bytes: Promise<Uint8Array>;
  } | null = null;

  async function fetchRange(offset: number, length: number): Promise<Uint8Array> {
    const object = await bucket.get(key, { range: { offset, length } });
    // Most likely the recording is being deleted: the next delivery finds it gone.
    if (object === null) throw new Error("the recording's bytes are not there");
    return new Uint8Array(await object.arrayBuffer());
  }

  function fetchAhead(offset: number, length: number): void {
    const within = Math.min(length, size - offset);
    if (within <= 0) return;
    const bytes = fetchRange(offset, within);
    // Whoever reads on meets the fault; whoever doesn't has no use for it.
    bytes.catch(() => undefined);
    ahead = { offset, length, bytes };
  }

  return {
    size,
    async read(offset, length) {
      const within = Math.min(length, size - offset);
      if (within <= 0) return new Uint8Array(0);
      const waiting = ahead;
      ahead = null;
      const isNext = waiting?.offset === offset && waiting.length === length;
      const bytes = await (isNext ? waiting.bytes : fetchRange(offset, within));
      // From the start on, or on from there: whoever jumps about is served as they ask.
      if (isNext || offset === 0) fetchAhead(offset + bytes.length, length);
      return bytes;
    },
    async stream() {
      const object = await bucket.get(key);
      if (object === null) throw new Error("the recording's bytes are not there");
      return object.body;
    },
  };
}
