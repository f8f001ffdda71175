-- A conversation. `title` is null until there is one: given, or made from the first question.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  title TEXT,
  recording_id TEXT,
  message_count INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  -- What was said up to the message `summarised_to` (its seq), in short.
  summary TEXT,
  summarised_to INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX sessions_by_user ON sessions (user_id, updated_at, id);
CREATE INDEX sessions_by_recording ON sessions (recording_id) WHERE recording_id IS NOT NULL;

-- A question and the work on its answer.
CREATE TABLE turns (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  session_id TEXT NOT NULL,
  status TEXT NOT NULL,
  error TEXT,
  model TEXT,
  prompt_tokens INTEGER NOT NULL DEFAULT 0,
  completion_tokens INTEGER NOT NULL DEFAULT 0,
  cost_microdollars INTEGER NOT NULL DEFAULT 0,
  -- Milliseconds from the question to the first word, and to the end.
  first_word_ms INTEGER,
  duration_ms INTEGER,
  started_at TEXT NOT NULL,
  ended_at TEXT
);
CREATE INDEX turns_by_session ON turns (session_id, seq);

-- What was said. `rounds` of an answer: JSON, what was said and which tools were called with what result, a round each.
CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  session_id TEXT NOT NULL,
  turn_id TEXT NOT NULL,
  role TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at TEXT NOT NULL,
  content TEXT NOT NULL,
  citations TEXT NOT NULL,
  rounds TEXT NOT NULL
);
CREATE INDEX messages_by_session ON messages (session_id, seq);

-- The recordings that results of tools in a message speak of, so that they can be forgotten.
CREATE TABLE message_recordings (
  recording_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  PRIMARY KEY (recording_id, message_id)
) WITHOUT ROWID;
CREATE INDEX message_recordings_by_message ON message_recordings (message_id);

-- Who did what, in the same transaction as the deed.
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  user_id TEXT NOT NULL,
  role TEXT NOT NULL,
  action TEXT NOT NULL,
  object_id TEXT,
  request_id TEXT NOT NULL
);
CREATE INDEX audit_log_by_user ON audit_log (user_id, id);
