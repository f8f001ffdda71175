import { analyse } from "@crescendai/performance-analysis";
import type { Analyser } from "./analyser.ts";
import { listeningTools } from "./listening-tools.ts";

/**
 * Seconds of sound after which the analyser lets the runtime turn to others: while it works, the runtime looks at no
 * timer and no new connection. Two seconds of sound take some 50 ms.
 */
const BREATH_SECONDS = 2;

/** Share of the work that decoding and listening are; the rest is judging what was heard. */
const LISTENING_SHARE = 0.9;

/** Listens inside the worker, as the file is read: nothing of its sound is kept. */
export const embeddedAnalyser: Analyser = async (recording, audio, progressed) => {
  let breathedAt = 0;
  const heard = await analyse(audio, listeningTools(), {
    onProgress: async (analysedSeconds, expectedSeconds) => {
      if (analysedSeconds - breathedAt < BREATH_SECONDS) return;
      breathedAt = analysedSeconds;
      const expected = Math.max(1, expectedSeconds ?? recording.duration);
      await progressed(LISTENING_SHARE * Math.min(1, analysedSeconds / expected));
      await scheduler.wait(0);
    },
  });
  await progressed(1);
  return heard;
};
