import type { ServiceRoute } from "@crescendai/worker-kit";
import { deleteRecordingHandler } from "./handlers/delete-recording.ts";
import { getAudioHandler } from "./handlers/get-audio.ts";
import { getRecordingHandler } from "./handlers/get-recording.ts";
import { listRecordingsHandler } from "./handlers/list-recordings.ts";

export const routes: readonly ServiceRoute<RecordingsEnv>[] = [
  { method: "GET", path: "/api/v1/recordings", handler: listRecordingsHandler },
  { method: "GET", path: "/api/v1/recordings/:id", handler: getRecordingHandler },
  { method: "DELETE", path: "/api/v1/recordings/:id", handler: deleteRecordingHandler },
  { method: "GET", path: "/api/v1/recordings/:id/audio", handler: getAudioHandler },
];
