import { describe, expect, it } from "vitest";
import { softTargets, type Teacher } from "../../src/fitting/soft-targets.ts";
import { gramMatrix } from "../../src/model/gram-matrix.ts";
import { createRandom } from "../../src/render/random.ts";

const random = createRandom("a teacher");
const PASSAGES = 30;
const PLAYERS = 8;
const all = Array.from({ length: PASSAGES * PLAYERS }, (_, segment) => segment);
const played = all.map(() => Float32Array.of(random.normal(), random.normal()));
const truth = played.map(([first, second]) => 0.5 + 0.1 * first - 0.05 * second);
/** What few listeners make of it. */
const ratings = truth.map((value) => Float64Array.of(value + 0.1 * random.normal()));
const teacher: Teacher = {
  kernel: gramMatrix(played, 0.7),
  passages: all.map((segment) => `passage ${Math.floor(segment / PLAYERS)}`),
  ratings,
};

function error(values: readonly number[], segments: readonly number[]): number {
  return segments.reduce((sum, segment, index) => sum + (values[index] - truth[segment]) ** 2, 0);
}

describe("targets that a teacher softens", () => {
  it("are nearer to what all listeners would say than the ratings of a few are", () => {
    const targets = softTargets(teacher, () => true);
    expect(targets.size).toBe(all.length);
    const soft = error(
      all.map((segment) => targets.get(segment)?.[0] ?? Number.NaN),
      all,
    );
    expect(soft).toBeLessThan(
      0.7 *
        error(
          ratings.map(([rating]) => rating),
          all,
        ),
    );
  });

  it("are made without a look at the ratings of segments that aren't trained on", () => {
    const train = (segment: number) => segment < 120;
    const other = ratings.map((row, segment) => (train(segment) ? row : Float64Array.of(9)));
    const targets = softTargets(teacher, train);
    expect([...targets.keys()]).toEqual(all.filter(train));
    expect(softTargets({ ...teacher, ratings: other }, train)).toEqual(targets);
  });

  it("take from the teacher only what it says of a passage whose ratings it doesn't know", () => {
    // A passage that listeners rated far from all others: a teacher that knew these ratings would repeat them.
    const odd = ratings.map((row, segment) => (segment < PLAYERS ? Float64Array.of(row[0] + 5) : row));
    const targets = softTargets({ ...teacher, ratings: odd }, () => true);
    const common = all.slice(0, PLAYERS).reduce((sum, segment) => sum + (targets.get(segment)?.[0] ?? 0), 0);
    expect(common / PLAYERS).toBeLessThan(4.8);
    expect(common / PLAYERS).toBeGreaterThan(3);
  });
});
