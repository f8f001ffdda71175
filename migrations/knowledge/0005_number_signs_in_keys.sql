-- A note or key spelled with a number sign, "F#", was found as the plain letter, as "F♯" was before 0004: it is written out too.
-- Only after a capital letter: with a small one it is as often the end of a link's address.
DROP VIEW indexed_chunks;

CREATE VIEW indexed_chunks AS
SELECT seq, document_id,
       replace(replace(replace(replace(replace(replace(replace(replace(replace(title, 'A#', 'A♯'), 'B#', 'B♯'), 'C#', 'C♯'), 'D#', 'D♯'), 'E#', 'E♯'), 'F#', 'F♯'), 'G#', 'G♯'), '♭', ' flat '), '♯', ' sharp ')
         AS title,
       replace(replace(replace(replace(replace(replace(replace(replace(replace(section, 'A#', 'A♯'), 'B#', 'B♯'), 'C#', 'C♯'), 'D#', 'D♯'), 'E#', 'E♯'), 'F#', 'F♯'), 'G#', 'G♯'), '♭', ' flat '), '♯', ' sharp ')
         AS section,
       replace(replace(replace(replace(replace(replace(replace(replace(replace(COALESCE(author, '') || ' ' || topics || ' ' || composers, 'A#', 'A♯'), 'B#', 'B♯'), 'C#', 'C♯'), 'D#', 'D♯'), 'E#', 'E♯'), 'F#', 'F♯'), 'G#', 'G♯'), '♭', ' flat '), '♯', ' sharp ')
         AS keywords,
       replace(replace(replace(replace(replace(replace(replace(replace(replace(text, 'A#', 'A♯'), 'B#', 'B♯'), 'C#', 'C♯'), 'D#', 'D♯'), 'E#', 'E♯'), 'F#', 'F♯'), 'G#', 'G♯'), '♭', ' flat '), '♯', ' sharp ')
         AS text
FROM live_chunks;

DELETE FROM chunks_fts;
INSERT INTO chunks_fts (rowid, title, section, keywords, text)
SELECT seq, title, section, keywords, text FROM indexed_chunks;

UPDATE knowledge_generation SET generation = generation + 1;
