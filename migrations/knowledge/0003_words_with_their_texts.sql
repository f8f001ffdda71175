-- BM25 goes by how many chunks there are and how long they are on average. An index without texts of its own (content = '',
-- contentless_delete = 1) never takes what is deleted off these totals, so that every document that came or went moved the
-- others' ranks. With its texts the index is exact.
DROP TABLE chunks_words;
DROP TABLE chunks_fts;

-- Words of the chunks that search sees, and of no others. It can be made anew from the tables at any time.
CREATE VIRTUAL TABLE chunks_fts USING fts5 (
  title, section, keywords, text,
  tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Its words, folded and stemmed, with the number of chunks that have each: weights, and what a misspelt word may mean.
CREATE VIRTUAL TABLE chunks_words USING fts5vocab (chunks_fts, row);

INSERT INTO chunks_fts (rowid, title, section, keywords, text)
SELECT seq, title, section, COALESCE(author, '') || ' ' || topics || ' ' || composers, text FROM live_chunks;

UPDATE knowledge_generation SET generation = generation + 1;
