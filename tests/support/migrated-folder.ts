import { join } from "node:path";
import { migrate } from "../../scripts/local/migrate.ts";
import { ROOT } from "../../scripts/local/workers.ts";

/** Empty storage with migrated databases, which every mesh begins with a copy of: to make it takes longer than a start. */
export const MIGRATED_FOLDER = join(ROOT, "tests/.migrated");

/** Makes it before the first test, unless it is there and has every migration. */
export default async function setup(): Promise<void> {
  await migrate(MIGRATED_FOLDER);
}
