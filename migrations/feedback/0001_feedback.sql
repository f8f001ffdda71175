-- One job a recording: the work of listening to it, and what was heard.
CREATE TABLE analyses (
  job_id TEXT PRIMARY KEY,
  recording_id TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
  -- Percent of the recording listened to.
  progress INTEGER NOT NULL,
  -- A sentence for the player, once it has failed.
  error TEXT,
  -- How often somebody took the job up.
  attempts INTEGER NOT NULL,
  -- Who works on it, and until when it counts as alive without another sign.
  run_id TEXT,
  lease_until TEXT,
  -- When it last went on the queue.
  queued_at TEXT NOT NULL,
  started_at TEXT,
  completed_at TEXT,
  -- What was heard, as JSON (contracts: Analysis).
  analysis TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX analyses_by_user ON analyses (user_id, created_at);
CREATE INDEX analyses_unfinished ON analyses (status, updated_at) WHERE status IN ('pending', 'processing');

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
