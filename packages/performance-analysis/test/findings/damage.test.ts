import type { FindingKind } from "@crescendai/contracts";
import { expect, test } from "vitest";
import { apartFromDamage } from "../../src/findings/damage.ts";

const DAMAGED = [{ start: 10, end: 12 }];

function found(kind: FindingKind, start: number, end: number) {
  return { kind, start, end, dimension: null, strength: 0.5, evidence: {} };
}

/** Kinds that are left of these findings. */
function left(...findings: readonly ReturnType<typeof found>[]): FindingKind[] {
  return apartFromDamage(findings, DAMAGED, []).map(({ kind }) => kind);
}

test("what happens in a damaged stretch or next to it is no finding", () => {
  expect(left(found("pause", 10, 12), found("restart", 12.3, 14), found("diminuendo", 7, 9.8))).toEqual([]);
  expect(left(found("pause", 4, 5), found("crescendo", 13, 18))).toEqual(["pause", "crescendo"]);
});

test("of the loudest and the softest passage none is left where one of them touches damage", () => {
  expect(left(found("loudest_passage", 2, 5), found("softest_passage", 11.5, 14.5))).toEqual([]);
  expect(left(found("loudest_passage", 2, 5), found("softest_passage", 14, 17))).toHaveLength(2);
});

test("what many notes tell stays, unless most of them lie in the damage", () => {
  expect(left(found("even_runs", 0, 20), found("pedal_blur", 9.6, 12.4))).toEqual(["even_runs"]);
});

test("without damage everything stays", () => {
  expect(apartFromDamage([found("pause", 10, 12)], [], [])).toHaveLength(1);
});

test("where somebody speaks nobody pauses, but what is begun again after a remark is told", () => {
  const findings = [found("pause", 10, 12), found("restart", 8, 12.5), found("diminuendo", 7, 9.8)];
  expect(apartFromDamage(findings, [], DAMAGED).map(({ kind }) => kind)).toEqual(["restart"]);
});
