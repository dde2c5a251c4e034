DROP INDEX audit_scope;
ALTER TABLE audit DROP COLUMN scope;
DROP TABLE duty_locks;
