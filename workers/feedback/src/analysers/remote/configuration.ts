import { failed, ok, type Result } from "@crescendai/contracts";

/** Where the remote analyser is, and what is allowed to it. */
export interface RemoteConfiguration {
  readonly url: URL;
  readonly token: string;
  /** Milliseconds for one recording, every attempt and its answer to the last byte included. */
  readonly budgetMs: number;
}

/** Seconds for one recording where the setting is missing or no number from 1 to 600: it must end before a run does. */
const DEFAULT_SECONDS = 60;
const MAX_SECONDS = 600;

/** Hosts that are this machine: nothing sent there can be read on the way. */
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Reads the settings of the remote analyser.
 *
 * @returns null if none is configured; a sentence for the log, without anything secret, if it can't be as it is.
 */
export function readRemoteConfiguration(
  env: Pick<FeedbackEnv, "ANALYSER_URL" | "ANALYSER_TOKEN" | "ANALYSER_TIMEOUT_SECONDS">,
): Result<RemoteConfiguration | null, string> {
  if (env.ANALYSER_URL === "") return ok(null);
  const url = URL.parse(env.ANALYSER_URL);
  if (url === null) return failed("ANALYSER_URL is not a URL");
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (!isSafe) return failed("ANALYSER_URL must be https (http only to this very machine)");
  if (url.username !== "" || url.password !== "") return failed("ANALYSER_URL must not hold credentials");
  const token = env.ANALYSER_TOKEN ?? "";
  if (!/^[\x21-\x7e]+$/.test(token))
    return failed("ANALYSER_TOKEN is missing or not of visible ASCII characters");
  const seconds = Number(env.ANALYSER_TIMEOUT_SECONDS);
  const isUsable = seconds >= 1 && seconds <= MAX_SECONDS;
  return ok({ url, token, budgetMs: (isUsable ? seconds : DEFAULT_SECONDS) * 1000 });
}
