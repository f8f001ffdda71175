import type { LookAhead } from "./byte-input.ts";

/** A block of bytes in memory under a cursor, and the ways to read numbers there; what moves the block is its owner's matter. */
export abstract class ByteWindow implements LookAhead {
  protected block: Uint8Array;
  protected view: DataView;
  /** Where in the block the cursor is; … */
  protected at = 0;
  /** … and where what can be read ends. */
  protected blockEnd = 0;

  protected constructor(block: Uint8Array) {
    this.block = block;
    this.view = viewOf(block);
  }

  /** Looks at another block from now on. */
  protected lookAt(block: Uint8Array, view = viewOf(block)): void {
    this.block = block;
    this.view = view;
  }

  /** Bytes that can be read now. */
  get available(): number {
    return Math.max(0, this.blockEnd - this.at);
  }

  has(count: number): boolean {
    return this.blockEnd - this.at >= count;
  }

  /** Distance from the cursor to the next such byte among those available, or -1. */
  distanceTo(byte: number): number {
    const found = this.block.indexOf(byte, this.at);
    return found < 0 || found >= this.blockEnd ? -1 : found - this.at;
  }

  /** The readers below look `offset` bytes beyond the cursor, within `available`. */
  u8(offset: number): number {
    return this.view.getUint8(this.at + offset);
  }

  u16be(offset: number): number {
    return this.view.getUint16(this.at + offset);
  }

  u16le(offset: number): number {
    return this.view.getUint16(this.at + offset, true);
  }

  u24be(offset: number): number {
    return this.u8(offset) * 0x10000 + this.u16be(offset + 1);
  }

  u32be(offset: number): number {
    return this.view.getUint32(this.at + offset);
  }

  u32le(offset: number): number {
    return this.view.getUint32(this.at + offset, true);
  }

  /** Rounded above 2^53, where no honest file gets. */
  u64be(offset: number): number {
    return this.u32be(offset) * 2 ** 32 + this.u32be(offset + 4);
  }

  u64le(offset: number): number {
    return this.u32le(offset + 4) * 2 ** 32 + this.u32le(offset);
  }

  f64be(offset: number): number {
    return this.view.getFloat64(this.at + offset);
  }

  /** `length` bytes as characters U+0000 … U+00FF; fewer if fewer are available. */
  latin1(offset: number, length: number): string {
    let text = "";
    const end = Math.min(offset + length, this.available);
    for (let at = offset; at < end; at++) text += String.fromCharCode(this.u8(at));
    return text;
  }
}

function viewOf(block: Uint8Array): DataView {
  return new DataView(block.buffer, block.byteOffset, block.byteLength);
}
