/** A note as it was recognised in the sound. */
export type Note = {
  /** Seconds from the start of the recording. */
  readonly onset: number;
  /** Where its sound ends, in seconds: later than the finger leaves the key, while the pedal or the room holds it. */
  readonly offset: number;
  /** MIDI number; 60 is middle C, 69 is 440 Hz. */
  readonly pitch: number;
  /** How sure the recogniser is of it, 0 to 1. */
  readonly salience: number;
};

/** A note with the level it was struck at. */
export type HeardNote = Note & {
  /** dB relative to the other notes of the same recording; only differences mean something. */
  readonly level: number;
};

/** Index of the first of the ascending times that isn't before `time`. */
export function firstFrom(items: readonly { readonly time: number }[], time: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle].time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those of the items, in order of time, that lie in [start, end). */
export function within<Item extends { readonly time: number }>(
  items: readonly Item[],
  start: number,
  end: number,
): Item[] {
  return items.slice(firstFrom(items, start), firstFrom(items, end));
}
