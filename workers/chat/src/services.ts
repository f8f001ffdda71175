import type {
  AnalysisSummary,
  Caller,
  Completion,
  CompletionRequest,
  ContextAddition,
  ContextRemoval,
  ListRecordingsQuery,
  PassageSearch,
  Recording,
  RecordingComparison,
  Result,
  SearchRequest,
  StoredRecording,
  UserContext,
} from "@crescendai/contracts";
import { askService, type Logger } from "@crescendai/worker-kit";

/** What the coach asks of its siblings. That one doesn't answer is an error like any other. */
export interface Services {
  complete(request: CompletionRequest): Promise<Result<Completion>>;
  stream(request: CompletionRequest): Promise<Result<ReadableStream<Uint8Array>>>;
  search(request: SearchRequest): Promise<Result<PassageSearch>>;
  getContext(userId: string): Promise<Result<UserContext>>;
  mergeContext(caller: Caller, addition: ContextAddition): Promise<Result<UserContext>>;
  removeFromContext(caller: Caller, removal: ContextRemoval): Promise<Result<UserContext>>;
  getRecording(userId: string, id: string): Promise<Result<StoredRecording | null>>;
  listRecordings(
    userId: string,
    query: ListRecordingsQuery,
  ): Promise<Result<{ recordings: Recording[]; total: number }>>;
  getAnalysis(userId: string, recordingId: string): Promise<Result<AnalysisSummary | null>>;
  compareRecordings(userId: string, recordingIds: readonly string[]): Promise<Result<RecordingComparison>>;
}

/** The siblings over RPC; one that throws or can't be reached is SERVICE_UNAVAILABLE. */
export function openServices(env: ChatEnv, log: Logger): Services {
  const { ORCHESTRATOR, RAG, CONTEXT, RECORDINGS, FEEDBACK } = env;
  return {
    complete: (request) => askService("dedalus-orchestrator", log, () => ORCHESTRATOR.complete(request)),
    stream: (request) => askService("dedalus-orchestrator", log, () => ORCHESTRATOR.stream(request)),
    search: (request) => askService<PassageSearch>("rag", log, () => RAG.search(request)),
    getContext: (userId) => askService<UserContext>("context", log, () => CONTEXT.getContext(userId)),
    mergeContext: (caller, addition) =>
      askService<UserContext>("context", log, () => CONTEXT.mergeContext(caller, addition)),
    removeFromContext: (caller, removal) =>
      askService<UserContext>("context", log, () => CONTEXT.removeFromContext(caller, removal)),
    getRecording: (userId, id) =>
      askService<StoredRecording | null>("recordings", log, () => RECORDINGS.getRecording(userId, id)),
    listRecordings: (userId, query) =>
      askService<{ recordings: Recording[]; total: number }>("recordings", log, () =>
        RECORDINGS.listRecordings(userId, query),
      ),
    getAnalysis: (userId, recordingId) =>
      askService<AnalysisSummary | null>("feedback", log, () => FEEDBACK.getAnalysis(userId, recordingId)),
    compareRecordings: (userId, recordingIds) =>
      askService<RecordingComparison>("feedback", log, () =>
        FEEDBACK.compareRecordings(userId, recordingIds),
      ),
  };
}
