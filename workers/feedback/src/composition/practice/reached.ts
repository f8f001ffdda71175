import type { Statement } from "../statement.ts";
import type { Topic } from "../topic.ts";

/** The strength by which what is wanted of a topic was heard, if it was. One clear swell isn't yet a range of loud and soft. */
export function reachedBy(topic: Topic, statements: readonly Statement[]): Statement | undefined {
  if (topic === "dynamics") return undefined;
  return statements.find((one) => one.weight === "strength" && one.topic === topic);
}
