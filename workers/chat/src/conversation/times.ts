/** How long things of a conversation take, in milliseconds. */
export interface ConversationTimes {
  /** That a turn may take at most. */
  readonly turnMs: number;
  /** Between two pings. */
  readonly pingMs: number;
  /** That an event is held before it is written, at most: what a runtime that is killed may lose. */
  readonly writeMs: number;
  /** Between two looks at a turn under way: should the object be started anew, the turn ends as interrupted. */
  readonly heartbeatMs: number;
  /** That the events of a turn are kept after its end, for whoever lost the connection. */
  readonly keptMs: number;
}

/** The times that a deployed conversation keeps. */
export const TIMES: ConversationTimes = {
  // The orchestrator's own limits are shorter, five times over are not.
  turnMs: 5 * 60_000,
  // Proxies close what is silent for 30 to 60 s.
  pingMs: 15_000,
  writeMs: 250,
  heartbeatMs: 30_000,
  keptMs: 10 * 60_000,
};
