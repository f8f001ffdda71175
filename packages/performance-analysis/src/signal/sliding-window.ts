/**
 * Cuts a stream of samples into overlapping frames of `length` samples, `hop` samples apart, whatever pieces it comes in.
 *
 * @param onFrame is given each frame once it is whole; the array is written over afterwards.
 * @returns takes the next samples.
 */
export function createSlidingWindow(
  length: number,
  hop: number,
  onFrame: (frame: Float32Array) => void,
): (samples: Float32Array) => void {
  const frame = new Float32Array(length);
  let filled = 0;
  return (samples) => {
    for (let at = 0; at < samples.length; ) {
      const taken = Math.min(length - filled, samples.length - at);
      frame.set(samples.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled < length) continue;
      onFrame(frame);
      frame.copyWithin(0, hop);
      filled = length - hop;
    }
  };
}
