import { failed, ok, type Result } from "@crescendai/contracts";

/** What the environment says of the provider and of what it may cost. */
export interface Configuration {
  readonly baseUrl: string;
  readonly key: string;
  /** In the order in which they are asked; at least one. */
  readonly models: readonly [string, ...string[]];
  /** Millionths of a US dollar that a user's completions may cost between two midnights UTC. */
  readonly dailyBudget: number;
}

type Settings = Pick<
  DedalusOrchestratorEnv,
  "DEDALUS_BASE_URL" | "DEDALUS_API_KEY" | "MODEL" | "FALLBACK_MODELS" | "DAILY_BUDGET_MICRODOLLARS"
>;

/** Reads the settings; a sentence for the log, without anything secret, if they can't be as they are. */
export function readConfiguration(env: Settings): Result<Configuration, string> {
  const url = URL.parse(env.DEDALUS_BASE_URL);
  if (url === null || !/^https?:$/.test(url.protocol)) return failed("DEDALUS_BASE_URL is not a web address");
  if (url.username !== "" || url.password !== "") return failed("DEDALUS_BASE_URL must not hold credentials");
  const key = env.DEDALUS_API_KEY ?? "";
  // Anything else would be refused as a header, and quoted in the exception.
  if (!/^[\x21-\x7e]+$/.test(key))
    return failed("DEDALUS_API_KEY is missing or not of visible ASCII characters");
  const [first, ...others] = `${env.MODEL},${env.FALLBACK_MODELS}`
    .split(",")
    .map((model) => model.trim())
    .filter((model) => model !== "");
  if (first === undefined) return failed("MODEL names no model");
  const dailyBudget = Number(env.DAILY_BUDGET_MICRODOLLARS);
  if (!/^\d+$/.test(env.DAILY_BUDGET_MICRODOLLARS) || !Number.isSafeInteger(dailyBudget))
    return failed("DAILY_BUDGET_MICRODOLLARS is not a whole number");
  return ok({
    baseUrl: url.href,
    key,
    models: [first, ...new Set(others.filter((model) => model !== first))],
    dailyBudget,
  });
}
