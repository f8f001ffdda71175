import type { Analysis } from "@crescendai/contracts";
import { intervalsOf } from "./pieces.ts";
import { playedOf } from "./played.ts";
import type { Player } from "./player.ts";
import type { Telling } from "./register.ts";

/** What the words of a recording's findings depend on besides them. */
export function tellingOf(
  analysis: Pick<Analysis, "measurements" | "analysed_duration">,
  { register, practiceShare }: Pick<Player, "register" | "practiceShare">,
): Telling {
  const intervals = intervalsOf(analysis);
  return {
    register,
    duration: playedOf(analysis).end,
    intervals,
    tempo: intervals.length === 0 ? analysis.measurements.pulse.tempo_bpm : null,
    practiceShare,
  };
}
