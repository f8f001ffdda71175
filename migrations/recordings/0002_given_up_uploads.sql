-- Set when an upload will never be completed: from then on its object is nobody's and may be removed, which no
-- completion can cross. The row stays until the object is gone.
ALTER TABLE pending_uploads ADD COLUMN given_up_at TEXT;
