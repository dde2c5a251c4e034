-- What the next visit to each venue is expected to bring, computed from all results up to a day; written anew as a whole.

-- One row says what the estimates of a service stand on.
CREATE TABLE estimate_runs (
    office_id UUID NOT NULL REFERENCES offices (id),
    service TEXT NOT NULL,
    -- The last day whose results are in it.
    as_of DATE NOT NULL,
    -- What was last decided and counted in the office when it was computed: another mark, and it is looked at again.
    mark TEXT NOT NULL,
    -- Digest of the histories: the same ones need no second computation.
    histories TEXT NOT NULL,
    computed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, service)
);

CREATE TABLE estimates (
    office_id UUID NOT NULL,
    service TEXT NOT NULL,
    venue_id UUID NOT NULL,
    -- Negative binomial of the next full-day visit's count.
    shape DOUBLE PRECISION NOT NULL,
    mean DOUBLE PRECISION NOT NULL,
    -- None if nobody knows how many people there could be activated.
    eligible_left DOUBLE PRECISION,
    -- 90 % interval of the mean, and of the place among all venues in use.
    low DOUBLE PRECISION NOT NULL,
    high DOUBLE PRECISION NOT NULL,
    rank_low BIGINT NOT NULL,
    rank_high BIGINT NOT NULL,
    visits BIGINT NOT NULL,
    cold_start BOOLEAN NOT NULL,
    PRIMARY KEY (office_id, service, venue_id),
    FOREIGN KEY (office_id, service) REFERENCES estimate_runs (office_id, service) ON DELETE CASCADE,
    FOREIGN KEY (office_id, venue_id) REFERENCES venues (office_id, id) ON DELETE CASCADE
);
CREATE INDEX estimates_venue ON estimates (office_id, venue_id);
