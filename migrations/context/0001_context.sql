-- What a player told us about themselves; lists as JSON arrays of strings.
CREATE TABLE user_context (
  user_id TEXT PRIMARY KEY,
  goals TEXT NOT NULL,
  constraints TEXT NOT NULL,
  repertoire TEXT NOT NULL,
  experience_level TEXT,
  preferred_feedback_style TEXT,
  updated_at TEXT NOT NULL
);

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
