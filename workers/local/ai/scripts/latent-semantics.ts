/** Rounds of the subspace iteration. */
const ROUNDS = 25;

/** A passage as its terms: the terms' numbers with their weights. */
export type WeightedTerms = readonly (readonly [term: number, weight: number])[];

/**
 * Vectors for terms by latent semantic analysis: the left singular vectors of the matrix of terms by passages, each times the
 * square root of its singular value (S. Deerwester et al., 1990). Found by subspace iteration from a fixed start.
 *
 * @param passages each brought to length 1.
 * @returns a vector of `dimensions` for each term.
 */
export function latentSemantics(
  passages: readonly WeightedTerms[],
  terms: number,
  dimensions: number,
): Float32Array[] {
  let basis = startingBasis(terms, dimensions);
  let strengths: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const images = basis.map((direction) => imageOf(direction, passages));
    strengths = images.map((image, i) => Math.sqrt(Math.max(0, dot(image, basis[i]))));
    basis = orthonormal(images);
  }
  return Array.from({ length: terms }, (_, term) =>
    Float32Array.from(basis, (direction, i) => direction[term] * Math.sqrt(strengths[i])),
  );
}

/** A direction in the space of terms, after one way to the passages and back. */
function imageOf(direction: Float64Array, passages: readonly WeightedTerms[]): Float64Array {
  const image = new Float64Array(direction.length);
  for (const passage of passages) {
    let along = 0;
    for (const [term, weight] of passage) along += weight * direction[term];
    for (const [term, weight] of passage) image[term] += along * weight;
  }
  return image;
}

/** Numbers without order, always the same: a linear congruential generator (Numerical Recipes' constants). */
function startingBasis(length: number, count: number): Float64Array[] {
  let state = 1;
  return orthonormal(
    Array.from({ length: count }, () =>
      Float64Array.from({ length }, () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32 - 0.5;
      }),
    ),
  );
}

/** The same space, spanned by directions of length 1 at right angles to each other (Gram and Schmidt). */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const directions: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (const direction of directions) {
      const along = dot(rest, direction);
      for (let i = 0; i < rest.length; i += 1) rest[i] -= along * direction[i];
    }
    const length = Math.sqrt(dot(rest, rest));
    directions.push(rest.map((value) => (length === 0 ? 0 : value / length)));
  }
  return directions;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += one[i] * other[i];
  return sum;
}
