import { CreateSessionSchema, failed, ok } from "@crescendai/contracts";
import {
  auditStatement,
  type Handler,
  jsonResponse,
  openDatabase,
  readJson,
  timestamp,
} from "@crescendai/worker-kit";
import { openServices } from "../services.ts";
import { findSession, insertSession, shownSession } from "../tables/sessions.ts";

/** `POST /api/v1/chat/sessions`: begins a conversation, on one of the caller's recordings if they name one. */
export const createSessionHandler: Handler<ChatEnv> = async (request, { env, caller, log }) => {
  const wanted = await readJson(request, CreateSessionSchema, {});
  if (!wanted.ok) return wanted;
  const { recording_id } = wanted.value;
  if (recording_id !== null) {
    const recording = await openServices(env, log).getRecording(caller.userId, recording_id);
    if (!recording.ok) return recording;
    if (recording.value === null) {
      return failed({ code: "NOT_FOUND", message: `You have no recording ${recording_id}.` });
    }
  }
  const id = crypto.randomUUID();
  const now = timestamp(Date.now());
  const database = openDatabase(env.DB, log);
  const written = await database.write(
    insertSession(id, caller.userId, wanted.value, now),
    auditStatement(caller, "session.create", id, now),
  );
  if (!written.ok) return written;
  const session = await findSession(database, caller.userId, id);
  if (!session.ok) return session;
  if (session.value === null) throw new Error("a session was gone as soon as it was made");
  return ok(jsonResponse(shownSession(session.value)));
};
