/** Numbers that arrive one after the other, four bytes each: what is kept of a recording instead of its samples. */
export type Curve = {
  append(value: number): void;
  /** All values so far, without a copy: valid until the next `append`. */
  values(): Float32Array;
};

/** First room of a curve, in values: half a minute of frames. It doubles whenever it is full. */
const FIRST_ROOM = 2048;

/** An empty curve. */
export function createCurve(): Curve {
  let storage = new Float32Array(FIRST_ROOM);
  let length = 0;
  return {
    append(value) {
      if (length === storage.length) {
        const larger = new Float32Array(length * 2);
        larger.set(storage);
        storage = larger;
      }
      storage[length] = value;
      length += 1;
    },
    values: () => storage.subarray(0, length),
  };
}
