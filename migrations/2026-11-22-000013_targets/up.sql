-- What an office is to achieve, of whom, and what it says it has achieved. Rows are only added and withdrawn.

-- One row for each version of a target: the next one withdraws it.
CREATE TABLE targets (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    scope_code TEXT NOT NULL REFERENCES regions (code),
    channel TEXT NOT NULL,
    purpose TEXT NOT NULL,
    denominator TEXT,
    -- In ten-thousandths of a per cent; exactly one of share and value stands.
    share BIGINT,
    value BIGINT,
    starts DATE NOT NULL,
    ends DATE NOT NULL,
    source TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    withdrawn_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id, version)
);
CREATE INDEX targets_starts ON targets (office_id, starts);
CREATE INDEX targets_scope ON targets (scope_code);

-- How many people a share is a share of: a dated series that may fall.
CREATE TABLE denominators (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    value BIGINT NOT NULL,
    as_of DATE NOT NULL,
    source TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    withdrawn_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id)
);
CREATE INDEX denominators_as_of ON denominators (office_id, as_of);

-- Official figures, each of its own kind: a dated series that may fall.
CREATE TABLE observations (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    as_of DATE NOT NULL,
    scope_code TEXT NOT NULL REFERENCES regions (code),
    kind TEXT NOT NULL,
    -- The figure as read: 29890, ±19500, 6000-7000, 2,17%.
    figure TEXT NOT NULL,
    -- What a share is a share of.
    base TEXT,
    source TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    withdrawn_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id)
);
CREATE INDEX observations_as_of ON observations (office_id, as_of);
CREATE INDEX observations_scope ON observations (scope_code);

-- The events that a total of the office consists of; their sum takes its place.
CREATE TABLE total_splits (
    office_id UUID NOT NULL,
    total_id UUID NOT NULL,
    event_id UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    PRIMARY KEY (office_id, total_id, event_id),
    FOREIGN KEY (office_id, total_id) REFERENCES office_totals (office_id, id),
    FOREIGN KEY (office_id, event_id) REFERENCES events (office_id, id) ON DELETE CASCADE
);
CREATE INDEX total_splits_event ON total_splits (office_id, event_id);
