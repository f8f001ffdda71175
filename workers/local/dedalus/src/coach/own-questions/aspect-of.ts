import { matchesAny } from "../language/matches-any.ts";
import type { Finding } from "../tool-results.ts";
import { ASPECTS, type Aspect } from "./aspects.ts";

/** The aspect of playing that a text asks about; null if none. */
export function aspectOf(text: string): Aspect | null {
  const said = text.toLowerCase();
  return ASPECTS.find(({ asked }) => matchesAny(asked, said)) ?? null;
}

/** The aspect that a kind of finding is a fault of. */
function aspectAtFault(kind: string): Aspect | undefined {
  return ASPECTS.find(({ kinds: { fault = [] } }) => fault.some((one) => one === kind));
}

/** Whether a kind of finding is something to mend. */
export function isFaultKind(kind: string): boolean {
  return aspectAtFault(kind) !== undefined;
}

/** The dimension that a finding belongs to: its own, or else that of the side of playing it is a fault of: a pause's has none. */
export function dimensionOf({ kind, dimension }: Pick<Finding, "kind" | "dimension">): string {
  return dimension === "" ? (aspectAtFault(kind)?.dimension ?? "") : dimension;
}
