import type { RecordingStatus } from "@crescendai/contracts";
import { upperFirst } from "../composition/wording.ts";

/** What is said in place of a reading, by how far a recording is; `recording` names it: "this recording", "“minuet.wav”". */
export function notHeard(recording: string, status: RecordingStatus): string {
  switch (status) {
    case "uploaded":
      return `${upperFirst(recording)} has not been listened to yet.`;
    case "analyzing":
      return `${upperFirst(recording)} is being listened to; in a moment more will be known.`;
    case "completed":
      return `What was heard in ${recording} is being renewed; in a moment more will be known.`;
    case "failed":
      return `${upperFirst(recording)} could not be listened to.`;
  }
}
