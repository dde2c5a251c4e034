-- Work that goes on behind the requests. The nil office has what no single office owns, hence no foreign key.
CREATE TABLE jobs (
    office_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    -- While a job waits, no second one of its office has its key; it is emptied when the job is taken up.
    dedupe_key TEXT,
    -- JSON of the kind's own shape.
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    progress TEXT,
    cancel_asked BOOLEAN NOT NULL,
    attempts BIGINT NOT NULL,
    next_at TIMESTAMPTZ NOT NULL,
    lease_until TIMESTAMPTZ,
    -- Made anew each time the job is taken up: who lost it cannot end it.
    lease_holder UUID,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, dedupe_key)
);

-- Each second the queue is asked what is due, over all offices.
CREATE INDEX jobs_waiting ON jobs (state, next_at);

-- Periodic work that one process at a time does for all: when it is due again, and who is at it.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    due_at TIMESTAMPTZ NOT NULL,
    lease_until TIMESTAMPTZ
);
