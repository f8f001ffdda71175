import { runNetwork } from "@crescendai/performance-analysis/judgement";
import { describe, expect, it } from "vitest";
import { fitNetwork } from "../../src/model/fit-network.ts";
import { createRandom } from "../../src/render/random.ts";

describe("the network of the scales", () => {
  const random = createRandom("samples of the network");
  const inputs = Array.from({ length: 600 }, () =>
    Float32Array.from({ length: 6 }, () => 24 * random.normal()),
  );
  const targets = inputs.map((row) =>
    Float64Array.of(0.5 + (0.1 * Math.max(0, row[0])) / 24 - (0.05 * row[1]) / 24, 0.3),
  );
  const fit = (seed: string) =>
    fitNetwork({ inputs: inputs.slice(0, 500), targets: targets.slice(0, 500) }, 1 / 24, createRandom(seed));
  const fitted = fit("one");

  it("predicts what it wasn't fitted to, and a target that never differs", () => {
    let error = 0;
    let spread = 0;
    for (let sample = 500; sample < 600; sample += 1) {
      const [first, second] = runNetwork(fitted.network, inputs[sample]);
      error += (fitted.bias[0] + first - targets[sample][0]) ** 2;
      spread += (fitted.bias[0] - targets[sample][0]) ** 2;
      expect(fitted.bias[1] + second).toBeCloseTo(0.3, 6);
    }
    expect(error).toBeLessThan(0.2 * spread);
  });

  it("is the same from the same samples and seed, and another from another seed", () => {
    expect(fit("one")).toEqual(fitted);
    expect(fit("two").network.biases).not.toEqual(fitted.network.biases);
  });

  it("can't be fitted to nothing", () => {
    expect(() => fitNetwork({ inputs: [], targets: [] }, 1, random)).toThrow("nothing to fit to");
  });
});
