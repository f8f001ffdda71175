-- The analysis goes last: what a row has before it is read without it, however long it is.
CREATE TABLE listening_jobs (
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
  -- The ticket that took the job up last: its next delivery, or its dead letter, is about this job.
  ticket TEXT,
  -- Who works on it, and until when it counts as alive without another sign.
  run_id TEXT,
  lease_until TEXT,
  -- Since when it waits for its turn.
  waiting_since TEXT NOT NULL,
  -- When a ticket was last sent for it, or is to be delivered again.
  queued_at TEXT NOT NULL,
  started_at TEXT,
  completed_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  -- Which ears heard it, and what kind of sound they heard.
  model_version TEXT,
  heard TEXT,
  -- What was heard, as JSON (contracts: Analysis).
  analysis TEXT
);

-- What the first ears heard lacks what is said of a recording now, and what they couldn't read can be read now: every
-- recording is listened to again, in its turn. The sweep sends the tickets.
INSERT INTO listening_jobs (job_id, recording_id, user_id, status, progress, attempts, waiting_since, queued_at,
                            created_at, updated_at)
SELECT job_id, recording_id, user_id, 'pending', 0, 0, created_at, queued_at, created_at, updated_at FROM analyses;

DROP TABLE analyses;
ALTER TABLE listening_jobs RENAME TO analyses;

CREATE INDEX analyses_by_user ON analyses (user_id, created_at);
-- When a user last had a turn.
CREATE INDEX analyses_last_turn ON analyses (user_id, started_at);
-- Everything that choosing the next turn looks at: the choice reads nothing but this index and the one before it.
CREATE INDEX analyses_waiting ON analyses (user_id, waiting_since, job_id, status, ticket, lease_until)
  WHERE status IN ('pending', 'processing');
CREATE INDEX analyses_unfinished ON analyses (status, updated_at) WHERE status IN ('pending', 'processing');
CREATE UNIQUE INDEX analyses_by_ticket ON analyses (ticket) WHERE ticket IS NOT NULL;

-- What was said about a recording, each time it was something else.
CREATE TABLE feedback_versions (
  recording_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  -- SHA-256 of the body.
  hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  model_version TEXT NOT NULL,
  -- The answer as it was given, as JSON (contracts: Feedback, as it was then).
  body TEXT NOT NULL,
  PRIMARY KEY (recording_id, version)
);
CREATE UNIQUE INDEX feedback_versions_by_hash ON feedback_versions (recording_id, hash);
CREATE INDEX feedback_versions_by_user ON feedback_versions (user_id);

-- Whether services outside of the mesh are worth asking just now: one row each that has failed lately.
CREATE TABLE circuits (
  name TEXT PRIMARY KEY,
  -- Failures in a row.
  failures INTEGER NOT NULL,
  -- Nobody asks before; then one does, and moves it on.
  open_until TEXT
);
