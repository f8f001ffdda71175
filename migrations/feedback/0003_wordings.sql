-- In which words a language model has put the findings of a recording: one row for all that it was told at a time.
CREATE TABLE wordings (
  recording_id TEXT NOT NULL,
  -- SHA-256 of all that the model was told: instructions and texts.
  hash TEXT NOT NULL,
  user_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  -- How often in a row it has failed, and when it may be asked at the earliest.
  failures INTEGER NOT NULL,
  ask_after TEXT NOT NULL,
  -- Which model, as it names itself, and what it said, as JSON: [text as composed, text as worded] each. Null until then.
  model TEXT,
  words TEXT,
  PRIMARY KEY (recording_id, hash)
);
CREATE INDEX wordings_by_user ON wordings (user_id);
