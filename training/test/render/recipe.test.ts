import { expect, test } from "vitest";
import { createRandom } from "../../src/render/random.ts";
import { type Degradation, drawRecipe } from "../../src/render/recipe.ts";
import { HELD_OUT_PIANO, planOf } from "../../src/render/schedule.ts";

const PIANOS = new Map([
  ["often", 9],
  ["seldom", 1],
]);

function recipes(degradation: Degradation, count = 400) {
  return Array.from({ length: count }, (_, i) => {
    const seed = `segment/${i}`;
    return drawRecipe({ seed, pianos: PIANOS, degradation }, createRandom(seed));
  });
}

test("the same seed draws the same recipe", () => {
  expect(recipes("random", 20)).toEqual(recipes("random", 20));
});

test("pianos are drawn as often as they weigh", () => {
  const often = recipes("random").filter(({ piano }) => piano === "often").length;
  expect(often / 400).toBeGreaterThan(0.85);
  expect(often / 400).toBeLessThan(0.95);
});

test("a clean copy is the instrument and nothing else", () => {
  for (const { room, device, codec, setup } of recipes("clean", 20)) {
    expect([room, device, codec]).toEqual([undefined, undefined, undefined]);
    expect(setup).toMatchObject({ cents: 0, dynamics: 1, voicing: 0 });
  }
});

test("random copies hold every kind of room, device and codec, and some without", () => {
  const drawn = recipes("random");
  expect(new Set(drawn.map(({ room }) => room?.kind)).size).toBe(6);
  expect(new Set(drawn.map(({ device }) => device?.kind))).toEqual(new Set(["good", "phone", "any"]));
  expect(new Set(drawn.map(({ codec }) => codec?.name)).size).toBe(5);
});

test("no copy for training hears the held-out piano", () => {
  for (let copy = 0; copy < 30; copy++) {
    const forTesting = copy === 4 || copy === 5;
    expect(planOf(copy).pianos.has(HELD_OUT_PIANO)).toBe(forTesting);
  }
});
