import type { ExperienceLevel } from "@crescendai/contracts";
import type { Span } from "./statement.ts";

/**
 * How something is said: `simple` to a beginner, without units that only a technician reads; `terse` to a
 * professional; `usual` to everybody else.
 */
export type Register = "simple" | "usual" | "terse";

/** One thing said in up to three ways; what isn't given is said as usual. */
export interface Wordings {
  readonly usual: string;
  readonly simple?: string;
  readonly terse?: string;
}

/** The register for players of a level; the usual one for whoever named none. */
export function registerOf(level: ExperienceLevel | null): Register {
  if (level === "beginner") return "simple";
  return level === "professional" ? "terse" : "usual";
}

/** The wording for a register; the usual one where it has none of its own. */
export function say(wordings: Wordings, register: Register): string {
  return wordings[register] ?? wordings.usual;
}

/** What a finding's words depend on besides the finding. */
export interface Telling {
  readonly register: Register;
  /** Seconds that were listened to. */
  readonly duration: number;
  /** Silences in which one piece may end and another begin. */
  readonly intervals: readonly Span[];
  /** The beat as it was followed, in beats per minute; null where there is none, or none that several pieces have in common. */
  readonly tempo: number | null;
  /** Share of a measured tempo at which practice begins. */
  readonly practiceShare: number;
}

/** Where practice begins for a measured tempo, in whole beats per minute. */
export function practiceTempo(tempo: number, { practiceShare }: Pick<Telling, "practiceShare">): number {
  return Math.max(20, Math.round(tempo * practiceShare));
}

/** "at 62 BPM", or "slowly" where no tempo was measured. */
export function slowly(telling: Telling): string {
  return telling.tempo === null ? "slowly" : `at ${practiceTempo(telling.tempo, telling)} BPM`;
}
