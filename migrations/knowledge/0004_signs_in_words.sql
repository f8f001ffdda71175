-- What the full-text index has of each passage that search sees. To the index "♭" and "♯" are no part of any word, so that
-- what is in B♭ major would be found as B major: they are written out.
CREATE VIEW indexed_chunks AS
SELECT seq, document_id,
       replace(replace(title, '♭', ' flat '), '♯', ' sharp ') AS title,
       replace(replace(section, '♭', ' flat '), '♯', ' sharp ') AS section,
       replace(replace(COALESCE(author, '') || ' ' || topics || ' ' || composers, '♭', ' flat '), '♯', ' sharp ') AS keywords,
       replace(replace(text, '♭', ' flat '), '♯', ' sharp ') AS text
FROM live_chunks;

DROP TRIGGER documents_switch;

-- Switching over is one statement: the full-text index and the generation follow in it.
CREATE TRIGGER documents_switch AFTER UPDATE OF live_revision ON documents
WHEN NEW.live_revision IS NOT OLD.live_revision
BEGIN
  DELETE FROM chunks_fts WHERE rowid IN (
    SELECT seq FROM chunks WHERE document_id = OLD.id AND revision = OLD.live_revision
  );
  INSERT INTO chunks_fts (rowid, title, section, keywords, text)
    SELECT seq, title, section, keywords, text FROM indexed_chunks WHERE document_id = NEW.id;
  UPDATE knowledge_generation SET generation = generation + 1;
END;

DELETE FROM chunks_fts;
INSERT INTO chunks_fts (rowid, title, section, keywords, text)
SELECT seq, title, section, keywords, text FROM indexed_chunks;

UPDATE knowledge_generation SET generation = generation + 1;
