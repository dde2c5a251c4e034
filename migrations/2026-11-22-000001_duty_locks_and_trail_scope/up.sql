-- One row for each person of an office about whose days something was ever decided: a booking and an absence of the same
-- person both take its lock, so that neither can overlook the other (PostgreSQL; on SQLite there is one writer).
CREATE TABLE duty_locks (
    office_id UUID NOT NULL REFERENCES offices (id),
    user_id UUID NOT NULL REFERENCES users (id),
    PRIMARY KEY (office_id, user_id)
);

-- The area that a record of the installation is about: empty for the nation. None for records of an office.
ALTER TABLE audit ADD COLUMN scope TEXT;
CREATE INDEX audit_scope ON audit (office_id, scope, id) WHERE scope IS NOT NULL;
