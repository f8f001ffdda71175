import type { Miniflare } from "miniflare";
import { cronTriggers, scriptName } from "./mesh.ts";

/** Milliseconds between two firings: every trigger of the mesh is "every minute", checked at the start. */
const MINUTE_MS = 60_000;

/**
 * Fires the workers' cron triggers, as Cloudflare would: the local runtime doesn't by itself. Once at the start too,
 * so that what a crash left behind is cleared up soon.
 *
 * @returns ends the firing.
 */
export function startCrons(mesh: Miniflare, log: (line: string) => void): () => void {
  const triggers = cronTriggers();
  const other = triggers.find(({ cron }) => cron !== "* * * * *");
  if (other !== undefined) throw new Error(`${other.name}: cron ${other.cron} is not run locally`);
  const fire = async () => {
    for (const { name, cron } of triggers) {
      try {
        const worker = await mesh.getWorker(scriptName(name));
        await worker.scheduled({ cron });
      } catch (cause) {
        log(`cron of ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    }
  };
  void fire();
  const timer = setInterval(fire, MINUTE_MS);
  return () => clearInterval(timer);
}
