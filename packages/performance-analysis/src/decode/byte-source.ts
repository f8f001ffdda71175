/** A file that can be read at any offset: an object in a store, a buffer. */
export interface ByteSource {
  /** Bytes of the whole file. */
  readonly size: number;
  /**
   * The bytes from `offset` on: `length` of them, or fewer at the file's end. An empty answer means that the file
   * ends there. The array is only read, and not kept. May reject: that is no fault of the file, and reaches the caller.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A file that is in memory. */
export function bytesAsSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
