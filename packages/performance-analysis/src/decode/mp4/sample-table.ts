/**
 * Samples and chunks that are kept: three hours of AAC at 44.1 kHz. An honest file's tables are far smaller; the limit keeps
 * a file that claims more from taking the memory.
 */
const MAX_ENTRIES = 500_000;

/** A run of chunks with the same number of samples (`stsc`, ISO/IEC 14496-12 section 8.7.4). */
type ChunkRun = { readonly firstChunk: number; readonly samplesPerChunk: number };

/** Where the samples of a track lie in the file. */
export class SampleTable {
  /** Bytes of each sample. */
  readonly #sizes: number[] = [];
  /** Offset in the file of each chunk, and the samples in it where it came from a fragment. */
  readonly #chunkOffsets: number[] = [];
  readonly #fragmentCounts: number[] = [];
  readonly #runs: ChunkRun[] = [];
  /** Of all samples, where they have the same size. */
  #commonSize = 0;
  #commonCount = 0;
  /** Chunks of `moov`: those behind them are of fragments. */
  #tabledChunks = 0;

  /** All `count` samples of `moov` have this size. */
  setCommonSize(size: number, count: number): void {
    this.#commonSize = size;
    this.#commonCount = count;
  }

  addSize(size: number): void {
    if (this.#sizes.length < MAX_ENTRIES) this.#sizes.push(size);
  }

  addChunk(offset: number): void {
    if (this.#chunkOffsets.length >= MAX_ENTRIES) return;
    this.#chunkOffsets.push(offset);
    this.#tabledChunks = this.#chunkOffsets.length;
  }

  /** `firstChunk` from 1. */
  addRun(firstChunk: number, samplesPerChunk: number): void {
    if (this.#runs.length < MAX_ENTRIES) this.#runs.push({ firstChunk, samplesPerChunk });
  }

  /** The samples of a fragment, one after the other. */
  addFragment(offset: number, sizes: readonly number[]): void {
    if (this.#chunkOffsets.length >= MAX_ENTRIES || this.#sizes.length + sizes.length > MAX_ENTRIES) return;
    this.#chunkOffsets.push(offset);
    this.#fragmentCounts.push(sizes.length);
    this.#sizes.push(...sizes);
  }

  /** The samples that are listed, placed or not. */
  get count(): number {
    return this.#commonSize > 0 ? this.#commonCount : this.#sizes.length;
  }

  /** All samples in the order of time. */
  *samples(): Generator<{ readonly offset: number; readonly size: number }, undefined, undefined> {
    let sample = 0;
    let run = 0;
    for (let chunk = 0; chunk < this.#chunkOffsets.length; chunk += 1) {
      let inChunk = this.#fragmentCounts[chunk - this.#tabledChunks] ?? 0;
      if (chunk < this.#tabledChunks) {
        while (run + 1 < this.#runs.length && this.#runs[run + 1].firstChunk <= chunk + 1) run += 1;
        inChunk = this.#runs[run]?.samplesPerChunk ?? 0;
      }
      let offset = this.#chunkOffsets[chunk];
      for (let index = 0; index < inChunk && sample < this.count; index += 1, sample += 1) {
        const size = this.#commonSize > 0 ? this.#commonSize : this.#sizes[sample];
        yield { offset, size };
        offset += size;
      }
    }
    return undefined;
  }
}
