import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { CompletionRequest } from "@crescendai/contracts";
import { playScript, type Seen, type Step, seenBy } from "@crescendai/worker-testing/scripted-provider";
import { openOrchestrator } from "../../src/open-orchestrator.ts";
import type { Orchestrator } from "../../src/orchestrator.ts";

/** The key that the tests' orchestrator is configured with, and that nobody but the provider may ever see. */
export const KEY = "dsk-the-secret-of-this-test";

/** Milliseconds that the provider may be silent for, where it is to be silent for too long. */
const SHORT_MS = 40;

const IMPATIENT = { firstByteMs: SHORT_MS, idleMs: SHORT_MS, wholeMs: SHORT_MS, totalMs: 10_000 };

export async function migrateDatabase(): Promise<void> {
  await applyD1Migrations(env.DB, env.MIGRATIONS_DEDALUS_ORCHESTRATOR);
}

/** The scripted provider, as it is bound. */
export function provider() {
  if (env.PROVIDER === undefined) throw new Error("no provider is bound");
  return env.PROVIDER;
}

let models = 0;

/** A name of a model that no other test asks for. */
export function newModel(): string {
  models += 1;
  return `scripted/${models}`;
}

export interface Setup {
  readonly orchestrator: Orchestrator;
  readonly model: string;
  /** Milliseconds that were waited before trying again. */
  readonly waits: number[];
  /** Lets the work that goes on behind the answers end. */
  settle(): Promise<void>;
  /** What the provider was asked. */
  seen(model?: string): Promise<Seen>;
  /** Milliseconds that the clock is ahead. */
  ahead: number;
}

/** An orchestrator whose models answer as scripts say; the first script is that of the first model. */
export async function setUp(
  scripts: readonly (readonly Step[])[],
  options: { readonly budget?: number; readonly impatient?: boolean; readonly user?: string } = {},
): Promise<Setup> {
  const names = scripts.map(newModel);
  for (const [index, steps] of scripts.entries()) await playScript(provider(), names[index] ?? "", steps);
  const work: Promise<unknown>[] = [];
  const opened = openOrchestrator(
    {
      ...env,
      DEDALUS_API_KEY: KEY,
      MODEL: names[0] ?? "",
      FALLBACK_MODELS: names.slice(1).join(", "),
      DAILY_BUDGET_MICRODOLLARS: String(options.budget ?? 1_000_000),
    },
    (promise) => work.push(promise),
    { user_id: options.user ?? "alice", request_id: "test" },
  );
  if (!opened.ok) throw new Error(opened.error.message);
  const waits: number[] = [];
  const setup: Setup = {
    model: names[0] ?? "",
    waits,
    ahead: 0,
    async settle() {
      while (work.length > 0) await work.shift();
    },
    seen: (model = names[0] ?? "") => seenBy(provider(), model),
    orchestrator: {
      ...opened.value,
      ...(options.impatient === true ? { limits: IMPATIENT } : {}),
      wait: async (milliseconds) => {
        waits.push(milliseconds);
      },
      random: () => 1,
      now: () => Date.now() + setup.ahead,
    },
  };
  return setup;
}

export function question(changes: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    user_id: "alice",
    request_id: "test",
    purpose: "chat",
    messages: [{ role: "user", content: "How do I play legato octaves?" }],
    repeatable: false,
    ...changes,
  };
}
