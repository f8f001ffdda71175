import { toUnitLength, without } from "../src/embedding/vectors.ts";

/** Rounds of the power iteration: enough for directions as different in strength as the first few. */
const ROUNDS = 100;

/**
 * The first principal components of vectors that are not centred, as directions of length 1, strongest first: those along which
 * the sum of squares is largest, after each vector was brought to length 1.
 */
export function principalComponents(vectors: readonly Float32Array[], count: number): Float32Array[] {
  let units = vectors.map(toUnitLength);
  return Array.from({ length: count }, () => {
    const direction = strongestDirection(units);
    units = units.map((unit) => without(unit, [direction]));
    return direction;
  });
}

function strongestDirection(vectors: readonly Float32Array[]): Float32Array {
  const dimensions = vectors[0]?.length ?? 0;
  let direction = toUnitLength(new Float32Array(dimensions).fill(1));
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = new Float64Array(dimensions);
    for (const vector of vectors) {
      let along = 0;
      for (let i = 0; i < dimensions; i += 1) along += vector[i] * direction[i];
      for (let i = 0; i < dimensions; i += 1) next[i] += along * vector[i];
    }
    const length = Math.hypot(...next);
    direction = Float32Array.from(next, (value) => value / length);
  }
  return direction;
}
