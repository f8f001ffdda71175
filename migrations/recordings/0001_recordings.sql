-- A recording is a row here only once its last byte is stored. `seq` orders what came in the same millisecond.
CREATE TABLE recordings (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL,
  filename TEXT NOT NULL,
  file_size INTEGER NOT NULL,
  duration REAL NOT NULL,
  mime_type TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  object_key TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('uploaded', 'analyzing', 'completed', 'failed')),
  idempotency_key TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  -- Set when its owner deletes it: from then on nobody sees it, until every service has forgotten it.
  deleted_at TEXT
);

-- The same bytes from the same user are the same recording; so is a repeat under the same idempotency key.
CREATE UNIQUE INDEX recordings_by_bytes ON recordings (user_id, sha256) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX recordings_by_idempotency_key ON recordings (user_id, idempotency_key)
  WHERE deleted_at IS NULL AND idempotency_key IS NOT NULL;

-- One index for each order in which a user may list.
CREATE INDEX recordings_by_created_at ON recordings (user_id, created_at, seq) WHERE deleted_at IS NULL;
CREATE INDEX recordings_by_updated_at ON recordings (user_id, updated_at, seq) WHERE deleted_at IS NULL;
CREATE INDEX recordings_by_filename ON recordings (user_id, filename, seq) WHERE deleted_at IS NULL;
CREATE INDEX recordings_by_file_size ON recordings (user_id, file_size, seq) WHERE deleted_at IS NULL;
CREATE INDEX recordings_by_duration ON recordings (user_id, duration, seq) WHERE deleted_at IS NULL;
CREATE INDEX recordings_by_status ON recordings (user_id, status, created_at, seq) WHERE deleted_at IS NULL;
CREATE INDEX recordings_deleted ON recordings (deleted_at) WHERE deleted_at IS NOT NULL;

-- How many recordings a user has in each status, kept by triggers: a list's total without reading the list.
CREATE TABLE recording_counts (
  user_id TEXT NOT NULL,
  status TEXT NOT NULL,
  recordings INTEGER NOT NULL,
  PRIMARY KEY (user_id, status)
) WITHOUT ROWID;

CREATE TRIGGER recordings_count_insert AFTER INSERT ON recordings WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO recording_counts (user_id, status, recordings) VALUES (NEW.user_id, NEW.status, 1)
    ON CONFLICT (user_id, status) DO UPDATE SET recordings = recordings + 1;
END;

CREATE TRIGGER recordings_count_update AFTER UPDATE OF status, deleted_at ON recordings
BEGIN
  UPDATE recording_counts SET recordings = recordings - 1
    WHERE OLD.deleted_at IS NULL AND user_id = OLD.user_id AND status = OLD.status;
  INSERT INTO recording_counts (user_id, status, recordings)
    SELECT NEW.user_id, NEW.status, 1 WHERE NEW.deleted_at IS NULL
    ON CONFLICT (user_id, status) DO UPDATE SET recordings = recordings + 1;
END;

CREATE TRIGGER recordings_count_delete AFTER DELETE ON recordings WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE recording_counts SET recordings = recordings - 1 WHERE user_id = OLD.user_id AND status = OLD.status;
END;

-- Uploads that write to the bucket and aren't recordings yet: the trace that the sweep follows after a crash.
CREATE TABLE pending_uploads (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  object_key TEXT NOT NULL,
  multipart_upload_id TEXT,
  idempotency_key TEXT,
  touched_at TEXT NOT NULL
);
CREATE UNIQUE INDEX pending_uploads_by_idempotency_key ON pending_uploads (user_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL;
CREATE INDEX pending_uploads_by_touched_at ON pending_uploads (touched_at);

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
