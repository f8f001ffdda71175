-- What each user's completions took, by day (UTC, YYYY-MM-DD) and model: what the daily budget is counted by.
CREATE TABLE usage (
  user_id TEXT NOT NULL,
  day TEXT NOT NULL,
  model TEXT NOT NULL,
  requests INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  -- Millionths of a US dollar.
  cost_microdollars INTEGER NOT NULL,
  PRIMARY KEY (user_id, day, model)
) WITHOUT ROWID;

-- Models that have failed lately; the same table as in the database of feedback.
CREATE TABLE circuits (
  name TEXT PRIMARY KEY,
  -- Failures in a row.
  failures INTEGER NOT NULL,
  -- Nobody asks before; then one does, and moves it on.
  open_until TEXT
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
