DROP INDEX result_entries_received;
DROP INDEX events_reporting;
