/**
 * Reads bits, the most significant first. Positions are in bits from the start of `bytes`. `end` is where the sound's
 * bits end: a reader may run past it (what is read there means nothing), and must ask `overrun` before it believes what
 * it read. Past the array's end all bits are 0.
 */
export class BitReader {
  position: number;
  end: number;
  bytes: Uint8Array;

  constructor(bytes: Uint8Array, startByte: number, endByte: number) {
    this.bytes = bytes;
    this.position = startByte * 8;
    this.end = endByte * 8;
  }

  /** More was read than there is. */
  get overrun(): boolean {
    return this.position > this.end;
  }

  /** The next 25 bits, without moving on. */
  peek25(): number {
    return this.bitsAt(this.position);
  }

  /** The 25 bits from `position` on: for loops that keep the position themselves. */
  bitsAt(position: number): number {
    const { bytes } = this;
    const at = position >>> 3;
    const word = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    return (word << (position & 7)) >>> 7;
  }

  /** `count` bits, 0 … 25, as an unsigned number. */
  read(count: number): number {
    const value = this.peek25() >>> (25 - count);
    this.position += count;
    return value;
  }

  /** `count` bits, 0 … 50, as an unsigned number. */
  readLong(count: number): number {
    if (count <= 25) return this.read(count);
    const high = this.read(count - 25);
    return high * 2 ** 25 + this.read(25);
  }

  /** `count` bits, 1 … 50, in two's complement. */
  readSigned(count: number): number {
    const value = this.readLong(count);
    return value >= 2 ** (count - 1) ? value - 2 ** count : value;
  }

  readFlag(): boolean {
    return this.read(1) === 1;
  }

  /** Counts 0 bits up to the next 1, and moves behind it. Stops, overrun, at `end`. */
  readUnary(): number {
    let zeros = 0;
    while (this.position < this.end) {
      const bits = this.peek25();
      if (bits !== 0) {
        const here = Math.clz32(bits) - 7;
        this.position += here + 1;
        return zeros + here;
      }
      this.position += 25;
      zeros += 25;
    }
    this.position = this.end + 1;
    return 0;
  }

  /** Moves on to the next whole byte. */
  alignToByte(): void {
    this.position = (this.position + 7) & ~7;
  }
}
