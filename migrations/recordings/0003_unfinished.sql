-- Recordings that haven't been listened to to an end, for the sweep that looks for those whose message was lost.
CREATE INDEX recordings_unfinished ON recordings (updated_at)
  WHERE status IN ('uploaded', 'analyzing') AND deleted_at IS NULL;
