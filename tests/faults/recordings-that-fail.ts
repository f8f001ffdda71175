import { WorkerEntrypoint } from "cloudflare:workers";
import type { FinishedUpload, PendingUpload, RecordingsRpc } from "@crescendai/contracts";

/** What upload asks of recordings: all but what only the gateway and feedback ask. */
type RpcOfUpload = Omit<
  RecordingsRpc,
  | "health"
  | "getRecording"
  | "listRecordings"
  | "setStatus"
  | "unfinishedRecordings"
  | "unfinishedDeletions"
  | "finishDeletion"
  | "exportUser"
  | "eraseUser"
  | "auditTrail"
>;

/**
 * In front of the real recordings, with a database that fails at the last moment: when the row of an upload is to
 * be written. Which way it fails goes by the user, so that one mesh shows all.
 */
export default class RecordingsThatFail
  extends WorkerEntrypoint<{ RECORDINGS: RecordingsRpc }>
  implements RpcOfUpload
{
  async completeUpload(upload: FinishedUpload): ReturnType<RecordingsRpc["completeUpload"]> {
    if (upload.user_id.startsWith("insert-fails")) {
      return {
        ok: false,
        error: { code: "DATABASE_ERROR", message: "The database did not answer. Please try again." },
      };
    }
    if (upload.user_id.startsWith("insert-throws")) {
      throw new Error("D1_ERROR: secret-table has no column named secret-column");
    }
    return await this.env.RECORDINGS.completeUpload(upload);
  }

  beginUpload(upload: PendingUpload) {
    return this.env.RECORDINGS.beginUpload(upload);
  }

  touchUpload(id: string) {
    return this.env.RECORDINGS.touchUpload(id);
  }

  giveUpUpload(id: string) {
    return this.env.RECORDINGS.giveUpUpload(id);
  }

  abandonUpload(id: string) {
    return this.env.RECORDINGS.abandonUpload(id);
  }

  staleUploads(before: string) {
    return this.env.RECORDINGS.staleUploads(before);
  }
}
