import { expect, test } from "vitest";
import { createRandom } from "../../src/render/random.ts";

function numbers(seed: string): number[] {
  const random = createRandom(seed);
  return Array.from({ length: 1000 }, () => random.next());
}

test("a seed gives the same numbers every time, another seed others", () => {
  expect(numbers("a/1")).toEqual(numbers("a/1"));
  expect(numbers("a/1")[0]).not.toBe(numbers("a/2")[0]);
});

test("numbers spread evenly over [0, 1), normal ones around 0 with deviation 1", () => {
  const values = numbers("spread");
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  for (let tenth = 0; tenth < 10; tenth++) {
    const count = values.filter((value) => Math.floor(value * 10) === tenth).length;
    expect(count).toBeGreaterThan(65);
    expect(count).toBeLessThan(140);
  }
  const random = createRandom("normal");
  const normal = Array.from({ length: 5000 }, () => random.normal());
  const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length;
  const variance = normal.reduce((sum, value) => sum + value * value, 0) / normal.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(Math.abs(variance - 1)).toBeLessThan(0.08);
});

test("what a fork is used for doesn't shift the numbers of its parent or of another fork", () => {
  const plain = createRandom("s");
  const used = createRandom("s");
  used.fork("room").next();
  expect(used.next()).toBe(plain.next());
  expect(used.fork("noise").next()).toBe(plain.fork("noise").next());
});
