-- Schedule proposals: what was asked, and what the planner answered once its job was done.
CREATE TABLE plans (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    -- Jobs are forgotten after a while, proposals are not: no foreign key.
    job_id UUID NOT NULL,
    -- The proposal that this one plans anew, and whether its visits stay where they can.
    based_on UUID,
    keeps BOOLEAN NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    -- JSON, as are the answer's figures and reasons.
    request TEXT NOT NULL,
    outcome TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID REFERENCES users (id),
    computed_at TIMESTAMPTZ,
    dismissed_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, based_on) REFERENCES plans (office_id, id)
);

CREATE INDEX plans_based_on ON plans (office_id, based_on);
CREATE INDEX plans_created_by ON plans (created_by);

-- The visits of a proposal, numbered from 0 by date.
CREATE TABLE plan_visits (
    office_id UUID NOT NULL,
    plan_id UUID NOT NULL,
    n BIGINT NOT NULL,
    venue_id UUID NOT NULL,
    date DATE NOT NULL,
    -- Ids between spaces; a minus stands for a team that is only supposed.
    teams TEXT NOT NULL,
    officers TEXT NOT NULL,
    -- Expected activations, in hundredths.
    gain BIGINT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (office_id, plan_id, n),
    FOREIGN KEY (office_id, plan_id) REFERENCES plans (office_id, id) ON DELETE CASCADE,
    FOREIGN KEY (office_id, venue_id) REFERENCES venues (office_id, id)
);

CREATE INDEX plan_visits_venue ON plan_visits (office_id, venue_id);

-- Visits that were accepted, once each, and the drafts that they became (which may be deleted later: no foreign key).
CREATE TABLE plan_acceptances (
    office_id UUID NOT NULL,
    plan_id UUID NOT NULL,
    n BIGINT NOT NULL,
    event_id UUID NOT NULL,
    PRIMARY KEY (office_id, plan_id, n),
    FOREIGN KEY (office_id, plan_id, n) REFERENCES plan_visits (office_id, plan_id, n) ON DELETE CASCADE
);
