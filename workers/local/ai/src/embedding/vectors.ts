/** A vector of the same direction and the length 1; zeros stay zeros. */
export function toUnitLength(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** What is left of a vector without its parts along directions of length 1 that stand at right angles to each other. */
export function without(vector: Float32Array, directions: readonly Float32Array[]): Float32Array {
  const rest = Float32Array.from(vector);
  for (const direction of directions) {
    const along = dotProduct(vector, direction);
    for (let i = 0; i < rest.length; i += 1) rest[i] -= along * direction[i];
  }
  return rest;
}

export function dotProduct(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += one[i] * other[i];
  return sum;
}
