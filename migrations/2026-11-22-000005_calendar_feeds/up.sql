-- Addresses under which calendar programs read events without signing in. The address carries the office beside the
-- secret; of the secret only a hash is stored.
CREATE TABLE calendar_feeds (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    -- office, team (team_id says which) or officer (the owner's own events).
    kind TEXT NOT NULL,
    team_id UUID,
    -- Who made it: it shows what he may read, and ends with his account.
    owner_id UUID NOT NULL REFERENCES users (id),
    secret_hash TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, secret_hash),
    FOREIGN KEY (office_id, team_id) REFERENCES teams (office_id, id)
);
CREATE INDEX calendar_feeds_owner ON calendar_feeds (office_id, owner_id);
CREATE INDEX calendar_feeds_team ON calendar_feeds (office_id, team_id);
