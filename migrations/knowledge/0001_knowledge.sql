-- A document of the library or one that was sent in. What was sent, and what is being made of it, stands in its
-- revisions: at most the one that search sees and the newest, which may still be in the making.
CREATE TABLE documents (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  origin TEXT NOT NULL CHECK (origin IN ('library', 'upload')),
  -- Path below library/; null for what was sent in.
  source_key TEXT,
  -- SHA-256 of the newest revision's bytes.
  content_hash TEXT NOT NULL,
  -- The newest revision.
  revision INTEGER NOT NULL,
  -- The revision that search sees; null: none yet, or none any more. Setting it is all that switches over.
  live_revision INTEGER,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  -- Set when it is deleted: its row goes once the vectors and the original have gone.
  deleted_at TEXT
);

-- One document per file of the library, and one per content that was sent in.
CREATE UNIQUE INDEX documents_by_source_key ON documents (source_key)
  WHERE source_key IS NOT NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX documents_by_content ON documents (content_hash)
  WHERE origin = 'upload' AND deleted_at IS NULL;
CREATE INDEX documents_deleted ON documents (deleted_at) WHERE deleted_at IS NOT NULL;

-- What was sent under a document at one time, and how far the work on it is. Lists are JSON arrays of strings.
CREATE TABLE revisions (
  document_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  title TEXT NOT NULL,
  author TEXT,
  document_type TEXT NOT NULL,
  level TEXT NOT NULL,
  topics TEXT NOT NULL,
  dimensions TEXT NOT NULL,
  composers TEXT NOT NULL,
  sources TEXT NOT NULL,
  -- What whoever sent it said of it, as JSON (contracts: DocumentMetadata); the columns above say what came of it.
  given TEXT NOT NULL,
  -- Name of the file that was sent, if it had one.
  filename TEXT,
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  -- SHA-256 of the bytes, and their key in the bucket DOCUMENTS.
  content_hash TEXT NOT NULL,
  object_key TEXT NOT NULL,
  -- pending: not cut into chunks yet. processing: chunks are there, vectors aren't all. failed: can't be read.
  status TEXT NOT NULL CHECK (status IN ('pending', 'processing', 'ready', 'failed')),
  -- A sentence for whoever sent it: why it failed, or what it waits for.
  error TEXT,
  -- How often somebody took it up since it last got on, and before when nobody else does.
  attempts INTEGER NOT NULL,
  next_attempt_at TEXT NOT NULL,
  -- Chunks it was cut into; 0 before that.
  chunk_count INTEGER NOT NULL DEFAULT 0,
  -- The model that made the vectors of every one of its chunks; null: vectors are missing.
  embedding_model TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (document_id, revision)
) WITHOUT ROWID;
CREATE INDEX revisions_unfinished ON revisions (next_attempt_at) WHERE status IN ('pending', 'processing');
CREATE INDEX revisions_by_object ON revisions (object_key);
CREATE INDEX revisions_by_model ON revisions (embedding_model) WHERE status = 'ready';

-- What a revision is found under besides its words: topic, author, dimension, level, composer, document_type. Values
-- are folded: lower case, no diacritics.
CREATE TABLE facets (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  document_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (kind, value, document_id, revision)
) WITHOUT ROWID;
CREATE INDEX facets_by_document ON facets (document_id, revision);

-- A revision's passages. `text` is characters [char_start, char_end) of the text that was read from the document,
-- in UTF-16 code units. `seq` is never used twice: it is the row of the full-text index.
CREATE TABLE chunks (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Also the id of its vector.
  id TEXT NOT NULL UNIQUE,
  document_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  -- 0 … chunk_count - 1.
  position INTEGER NOT NULL,
  -- Headings above it, outermost first, joined by " › "; "" above the first heading.
  section TEXT NOT NULL,
  -- Page on which it begins, from 1; null where there are no pages.
  page INTEGER,
  char_start INTEGER NOT NULL,
  char_end INTEGER NOT NULL,
  text TEXT NOT NULL,
  -- The model that made its vector; null: it has none.
  vector_model TEXT
);
CREATE UNIQUE INDEX chunks_by_document ON chunks (document_id, revision, position);

-- Words of the chunks that search sees, and of no others. The index holds no text of its own, so that it can be made
-- anew from the tables above at any time.
CREATE VIRTUAL TABLE chunks_fts USING fts5 (
  title, section, keywords, text,
  content = '', contentless_delete = 1,
  tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Its words, folded and stemmed, with the number of chunks that have each: weights, and what a misspelt word may mean.
CREATE VIRTUAL TABLE chunks_words USING fts5vocab (chunks_fts, row);

-- The one place that says what search may see.
CREATE VIEW live_chunks AS
SELECT chunks.seq, chunks.id, chunks.document_id, chunks.revision, chunks.position, chunks.section, chunks.page,
       chunks.char_start, chunks.char_end, chunks.text, chunks.vector_model,
       revisions.title, revisions.author, revisions.document_type, revisions.level, revisions.topics,
       revisions.dimensions, revisions.composers, revisions.sources, revisions.filename,
       documents.origin, documents.source_key
FROM chunks
JOIN documents ON documents.id = chunks.document_id AND documents.live_revision = chunks.revision
JOIN revisions ON revisions.document_id = chunks.document_id AND revisions.revision = chunks.revision;

-- A number that changes with everything that may change an answer of search: caches have it in their keys.
CREATE TABLE knowledge_generation (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL
);
INSERT INTO knowledge_generation (id, generation) VALUES (1, 0);

-- Switching over is one statement: the full-text index and the generation follow in it.
CREATE TRIGGER documents_switch AFTER UPDATE OF live_revision ON documents
WHEN NEW.live_revision IS NOT OLD.live_revision
BEGIN
  DELETE FROM chunks_fts WHERE rowid IN (
    SELECT seq FROM chunks WHERE document_id = OLD.id AND revision = OLD.live_revision
  );
  INSERT INTO chunks_fts (rowid, title, section, keywords, text)
    SELECT seq, title, section, COALESCE(author, '') || ' ' || topics || ' ' || composers, text
    FROM live_chunks WHERE document_id = NEW.id;
  UPDATE knowledge_generation SET generation = generation + 1;
END;

-- Vectors that come or go change answers too.
CREATE TRIGGER revisions_vectors AFTER UPDATE OF embedding_model ON revisions
WHEN NEW.embedding_model IS NOT OLD.embedding_model
BEGIN
  UPDATE knowledge_generation SET generation = generation + 1;
END;

-- However a chunk goes, its words go with it.
CREATE TRIGGER chunks_gone AFTER DELETE ON chunks
BEGIN
  DELETE FROM chunks_fts WHERE rowid = OLD.seq;
END;

-- Objects in the bucket that no revision names: not yet, while they are being stored, or no longer.
CREATE TABLE unclaimed_objects (
  object_key TEXT PRIMARY KEY,
  -- Nobody is still storing it then: it may be removed.
  remove_after TEXT NOT NULL
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
