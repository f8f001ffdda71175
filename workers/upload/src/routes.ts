import type { ServiceRoute } from "@crescendai/worker-kit";
import { uploadRecordingHandler } from "./handlers/upload-recording.ts";

export const routes: readonly ServiceRoute<UploadEnv>[] = [
  { method: "POST", path: "/api/v1/upload", handler: uploadRecordingHandler },
];
