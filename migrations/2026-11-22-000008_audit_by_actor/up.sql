-- What one user did, newest first.
CREATE INDEX audit_actor ON audit (office_id, actor, id);
