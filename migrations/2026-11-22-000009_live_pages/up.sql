-- What is held but not reported, oldest first: asked by the page of the day.
CREATE INDEX events_reporting ON events (office_id, reporting, last_day);
-- When the latest entry came: asked once a second while somebody looks at a live page.
CREATE INDEX result_entries_received ON result_entries (office_id, received_at);
