import type { SignalKernelExports } from "../../signal/signal-kernel-exports.ts";
import { LINES } from "./bands.ts";
import { SYNTHESIS_WINDOW } from "./synthesis-window.ts";

/** What the filters keep of a channel from one granule to the next: overlapping halves of blocks, and earlier times. */
const STATE = LINES + 15 * 64;

/** A channel of a stream: what the filters know of it while they work on others. */
export interface FilterState {
  /** 0 or 1. */
  readonly channel: number;
  readonly kept: Float64Array;
}

/** A channel at the beginning of a stream. */
export function newFilterState(channel: number): FilterState {
  return { channel, kept: new Float64Array(STATE) };
}

/** The filter banks of MP3 (ISO/IEC 11172-3 sections 2.4.3.4.10 and 2.4.3.2.2). What they give is valid until the next call. */
export interface Mp3Filters {
  /**
   * Turns a granule's lines into sub-band samples: 32 sub-bands of 18. `count`: lines up to the last that isn't 0;
   * `longLines`: those of long blocks, above which short ones lie.
   */
  hybrid(
    state: FilterState,
    lines: Float32Array,
    count: number,
    longLines: number,
    blockType: number,
  ): Float64Array;
  /** Turns such samples into 576 samples of sound, full scale being 1. */
  polyphase(state: FilterState, subbands: Float64Array): Float32Array;
}

/** Has the kernel filter; it must be prepared after this. */
export function createMp3Filters(exports: SignalKernelExports): Mp3Filters {
  const window = exports.synthesisWindowPointer();
  new Float64Array(exports.memory.buffer, window, SYNTHESIS_WINDOW.length).set(SYNTHESIS_WINDOW);
  const linesAt = exports.linesPointer();
  const subbandsAt = exports.subbandsPointer();
  const soundAt = exports.soundPointer();
  /** By channel, whose state the kernel holds: files that are decoded by turns change places. */
  const held: FilterState[] = [newFilterState(0), newFilterState(1)];

  function hold(state: FilterState): void {
    const other = held[state.channel];
    if (other === state) return;
    const place = new Float64Array(exports.memory.buffer, exports.statePointer(state.channel), STATE);
    other.kept.set(place);
    place.set(state.kept);
    held[state.channel] = state;
  }

  return {
    hybrid(state, lines, count, longLines, blockType) {
      hold(state);
      const { buffer } = exports.memory;
      new Float32Array(buffer, linesAt, LINES).set(lines);
      exports.runHybrid(state.channel, count, longLines, blockType);
      return new Float64Array(buffer, subbandsAt, LINES);
    },
    polyphase(state, subbands) {
      hold(state);
      const { buffer } = exports.memory;
      new Float64Array(buffer, subbandsAt, LINES).set(subbands);
      exports.runPolyphase(state.channel);
      return new Float32Array(buffer, soundAt, LINES);
    },
  };
}
