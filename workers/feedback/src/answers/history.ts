import { type Analysis, ok, type Result } from "@crescendai/contracts";
import { sameMusic } from "@crescendai/performance-analysis";
import type { Database } from "@crescendai/worker-kit";
import type { History } from "../composition/history.ts";
import { type EarlierTakeId, readEarlierTakes } from "../tables/earlier-takes.ts";

/** The player's earlier takes, newest first, as far as they can be read. */
export async function readHistory(
  database: Database,
  { sketch }: Analysis,
  takes: readonly EarlierTakeId[],
): Promise<Result<History>> {
  const rows = await readEarlierTakes(database, takes);
  if (!rows.ok) return rows;
  return ok(
    rows.value.map(({ sketch: earlier, ...take }) => ({ ...take, same_music: sameMusic(sketch, earlier) })),
  );
}
