import { rejudgeDimensions } from "@crescendai/performance-analysis";
import { type Database, type Logger, openCircuitBreaker } from "@crescendai/worker-kit";
import type { Analyser } from "./analyser.ts";
import { embeddedAnalyser } from "./embedded.ts";
import { listeningTools } from "./listening-tools.ts";
import { readRemoteConfiguration } from "./remote/configuration.ts";
import type { DimensionMapping } from "./remote/merge.ts";
import { CIRCUIT_POLICY } from "./remote/policy.ts";
import { withRemote } from "./with-remote.ts";

/** What was measured stays; what listeners would rate is read from the remote model's scales instead of ours. */
const mapDimensions: DimensionMapping = (perception, uncertainty, heard) =>
  heard.perception === null
    ? heard.dimensions
    : rejudgeDimensions(
        heard.dimensions,
        heard.perception,
        perception,
        uncertainty,
        listeningTools().model.calibration,
      );

/** The analyser that the configuration asks for; what is configured wrongly is said in the log, and done without. */
export function chooseAnalyser(env: FeedbackEnv, database: Database, log: Logger): Analyser {
  const configuration = readRemoteConfiguration(env);
  if (!configuration.ok) {
    log.error("remote analyser not used", { code: "CONFIGURATION_ERROR", cause: configuration.error });
    return embeddedAnalyser;
  }
  if (configuration.value === null) return embeddedAnalyser;
  return withRemote({
    configuration: configuration.value,
    embedded: embeddedAnalyser,
    breaker: openCircuitBreaker(database, "analyser", CIRCUIT_POLICY),
    mapping: mapDimensions,
    surroundings: {
      fetch: (url, init) => fetch(url, init),
      wait: (milliseconds, signal) => scheduler.wait(milliseconds, { signal }),
      random: Math.random,
      now: Date.now,
    },
    log,
  });
}
