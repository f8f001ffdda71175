// The worker beside the stand-in for Vectorize that the benchmark measures from: calls go as those of a service do.

/** Vectors of one upsert. */
const BATCH = 1000;

/** Vectors lie around so many centres, as texts do around topics. */
const CENTRES = 200;

export default {
  /** POST {dimensions, from, to} stores vectors; POST {dimensions, queries, options} gives the milliseconds of each query. */
  async fetch(request, { VECTORIZE }) {
    const job = await request.json();
    return Response.json("queries" in job ? await query(VECTORIZE, job) : await fill(VECTORIZE, job));
  },
};

async function fill(index, { dimensions, from, to }) {
  const started = Date.now();
  for (let first = from; first < to; first += BATCH) {
    const vectors = Array.from({ length: Math.min(BATCH, to - first) }, (_, i) => ({
      id: `vector-${first + i}`,
      values: vectorOf(first + i, dimensions),
      metadata: {
        document_id: `document-${(first + i) % 500}`,
        level: ["beginner", "advanced"][(first + i) % 2],
      },
    }));
    await index.upsert(vectors);
  }
  return Date.now() - started;
}

async function query(index, { dimensions, queries, options }) {
  const milliseconds = [];
  for (let i = 0; i < queries; i += 1) {
    const vector = vectorOf(10_000_000 + i, dimensions);
    const started = performance.now();
    const { count } = await index.query(vector, options);
    milliseconds.push(performance.now() - started);
    if (count !== options.topK) throw new Error(`${count} matches instead of ${options.topK}`);
  }
  return milliseconds;
}

/** A vector near one of the centres, always the same for the same number. */
function vectorOf(number, dimensions) {
  const centre = randomOf(number % CENTRES);
  const own = randomOf(number + CENTRES);
  return Array.from({ length: dimensions }, () => centre() + 0.7 * own());
}

/** Numbers from −0.5 to 0.5 by a linear congruential generator (Numerical Recipes' constants). */
function randomOf(seed) {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}
