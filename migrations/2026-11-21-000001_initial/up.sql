-- One schema for SQLite and PostgreSQL. Every table of an office leads its keys with office_id, so that the data
-- can be distributed by office later. Ids and times are made by the application; a time is UTC with microseconds.

-- Reference tables: small, the same for all offices.

CREATE TABLE regions (
    code TEXT NOT NULL PRIMARY KEY,
    level TEXT NOT NULL,
    parent_code TEXT,
    name TEXT NOT NULL,
    time_zone TEXT
);
CREATE INDEX regions_parent ON regions (parent_code, code);

CREATE TABLE offices (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- Decreed days. A row is never changed: a correction withdraws it and adds another.
CREATE TABLE holidays (
    id UUID NOT NULL PRIMARY KEY,
    date DATE NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Empty: the whole nation.
    region_code TEXT NOT NULL,
    decided_on DATE,
    recorded_at TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ
);
CREATE INDEX holidays_date ON holidays (date);

CREATE TABLE users (
    id UUID NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    -- Region code within which the user's rights hold; empty: the nation.
    scope TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    rank TEXT,
    nip TEXT,
    -- id, en, or none: as the browser asks.
    language TEXT,
    -- Argon2id in PHC form; none: cannot sign in by password.
    password_hash TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    archived_at TIMESTAMPTZ
);
CREATE INDEX users_scope ON users (scope, login);

CREATE TABLE api_tokens (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    -- SHA-256 of the secret: the secret itself is shown once and stored nowhere.
    secret_hash TEXT NOT NULL UNIQUE,
    -- Codes separated by a space; empty: all that the role allows.
    scopes TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);
CREATE INDEX api_tokens_user ON api_tokens (user_id);

-- Tables of an office.

-- office_id is the office of the user's scope, nil for a wider scope: the cookie carries it beside the secret.
CREATE TABLE sessions (
    office_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    secret_hash TEXT NOT NULL,
    device TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, secret_hash)
);
CREATE INDEX sessions_user ON sessions (office_id, user_id);

CREATE TABLE venues (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    region_code TEXT NOT NULL REFERENCES regions (code),
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    people BIGINT,
    eligible BIGINT,
    phone_share DOUBLE PRECISION,
    opening JSONB NOT NULL,
    contact_name TEXT,
    contact_phone TEXT,
    notes TEXT,
    as_reported TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    archived_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, code)
);
CREATE INDEX venues_region ON venues (office_id, region_code);
CREATE INDEX venues_region_alone ON venues (region_code);

CREATE TABLE units (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    archived_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, code)
);

CREATE TABLE teams (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    operators BIGINT NOT NULL,
    capacity_per_day BIGINT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    archived_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, code)
);

CREATE TABLE team_members (
    office_id UUID NOT NULL,
    team_id UUID NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    PRIMARY KEY (office_id, team_id, user_id),
    FOREIGN KEY (office_id, team_id) REFERENCES teams (office_id, id)
);
CREATE INDEX team_members_user ON team_members (office_id, user_id);

-- The units that a team brings unless told otherwise.
CREATE TABLE team_units (
    office_id UUID NOT NULL,
    team_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    PRIMARY KEY (office_id, team_id, unit_id),
    FOREIGN KEY (office_id, team_id) REFERENCES teams (office_id, id),
    FOREIGN KEY (office_id, unit_id) REFERENCES units (office_id, id)
);
CREATE INDEX team_units_unit ON team_units (office_id, unit_id);

CREATE TABLE absences (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    reason TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, id)
);
CREATE INDEX absences_user ON absences (office_id, user_id, first_day);
CREATE INDEX absences_day ON absences (office_id, last_day, first_day);

CREATE TABLE events (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    -- None for an unplanned event until a coordinator gives it a venue.
    venue_id UUID,
    place TEXT,
    -- Outcome codes of the services offered, separated by a space.
    services TEXT NOT NULL,
    host_programme TEXT,
    request_by TEXT,
    request_received_on DATE,
    request_letter_number TEXT,
    request_expected BIGINT,
    notes TEXT,
    state TEXT NOT NULL,
    state_reason TEXT,
    reporting TEXT NOT NULL,
    -- The local date on which it gave back its days not yet past.
    released_on DATE,
    unplanned BOOLEAN NOT NULL,
    -- False for what was recorded without a booking: it claims nothing.
    reserves BOOLEAN NOT NULL,
    entered_late BOOLEAN NOT NULL,
    -- First and last of its days, so that a list by date needs no join.
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    version BIGINT NOT NULL,
    created_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, venue_id) REFERENCES venues (office_id, id)
);
CREATE INDEX events_first_day ON events (office_id, first_day, id);
CREATE INDEX events_last_day ON events (office_id, last_day);
CREATE INDEX events_venue ON events (office_id, venue_id);
-- A tally that names an unknown event is asked once whether another office owns it.
CREATE INDEX events_id ON events (id);

CREATE TABLE event_teams (
    office_id UUID NOT NULL,
    event_id UUID NOT NULL,
    team_id UUID NOT NULL,
    PRIMARY KEY (office_id, event_id, team_id),
    FOREIGN KEY (office_id, event_id) REFERENCES events (office_id, id) ON DELETE CASCADE,
    FOREIGN KEY (office_id, team_id) REFERENCES teams (office_id, id)
);
CREATE INDEX event_teams_team ON event_teams (office_id, team_id);

CREATE TABLE event_units (
    office_id UUID NOT NULL,
    event_id UUID NOT NULL,
    unit_id UUID NOT NULL,
    PRIMARY KEY (office_id, event_id, unit_id),
    FOREIGN KEY (office_id, event_id) REFERENCES events (office_id, id) ON DELETE CASCADE,
    FOREIGN KEY (office_id, unit_id) REFERENCES units (office_id, id)
);
CREATE INDEX event_units_unit ON event_units (office_id, unit_id);

CREATE TABLE event_officers (
    office_id UUID NOT NULL,
    event_id UUID NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    PRIMARY KEY (office_id, event_id, user_id),
    FOREIGN KEY (office_id, event_id) REFERENCES events (office_id, id) ON DELETE CASCADE
);
CREATE INDEX event_officers_user ON event_officers (office_id, user_id);

CREATE TABLE event_days (
    office_id UUID NOT NULL,
    event_id UUID NOT NULL,
    date DATE NOT NULL,
    -- Slot codes in day order, separated by a space.
    slots TEXT NOT NULL,
    starts TIME,
    ends TIME,
    -- exact, or approximate: then it counts in totals and stays out of the ranking.
    precision TEXT NOT NULL,
    -- Sums over event_day_teams, so that the ranking reads one row a day.
    teams BIGINT NOT NULL,
    officer_hours DOUBLE PRECISION,
    PRIMARY KEY (office_id, event_id, date),
    FOREIGN KEY (office_id, event_id) REFERENCES events (office_id, id) ON DELETE CASCADE
);
CREATE INDEX event_days_date ON event_days (office_id, date, event_id);

-- The effort of one team on one event-day.
CREATE TABLE event_day_teams (
    office_id UUID NOT NULL,
    event_id UUID NOT NULL,
    date DATE NOT NULL,
    team_id UUID NOT NULL,
    operators BIGINT NOT NULL,
    hours DOUBLE PRECISION,
    PRIMARY KEY (office_id, event_id, date, team_id),
    FOREIGN KEY (office_id, event_id, date) REFERENCES event_days (office_id, event_id, date) ON DELETE CASCADE,
    FOREIGN KEY (office_id, team_id) REFERENCES teams (office_id, id)
);
CREATE INDEX event_day_teams_team ON event_day_teams (office_id, team_id);

-- Double booking is impossible by this one key: nobody and nothing is claimed twice for a day and slot.
CREATE TABLE claims (
    office_id UUID NOT NULL,
    subject_kind TEXT NOT NULL,
    subject UUID NOT NULL,
    date DATE NOT NULL,
    slot TEXT NOT NULL,
    event_id UUID NOT NULL,
    PRIMARY KEY (office_id, subject_kind, subject, date, slot),
    FOREIGN KEY (office_id, event_id) REFERENCES events (office_id, id) ON DELETE CASCADE
);
CREATE INDEX claims_event ON claims (office_id, event_id);

-- The ledger. Rows are only ever inserted; a correction is an entry that voids another.
CREATE TABLE result_entries (
    office_id UUID NOT NULL,
    id UUID NOT NULL,
    event_id UUID NOT NULL,
    date DATE NOT NULL,
    kind TEXT NOT NULL,
    team_id UUID,
    -- field, desk or file.
    source TEXT NOT NULL,
    user_id UUID,
    device TEXT NOT NULL,
    -- The phone's clock, and the office's.
    counted_at TIMESTAMPTZ NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    voids UUID,
    reason TEXT,
    note TEXT,
    content_hash TEXT NOT NULL,
    PRIMARY KEY (office_id, id),
    FOREIGN KEY (office_id, event_id) REFERENCES events (office_id, id),
    FOREIGN KEY (office_id, team_id) REFERENCES teams (office_id, id)
);
CREATE INDEX result_entries_event ON result_entries (office_id, event_id, date);
CREATE INDEX result_entries_team ON result_entries (office_id, team_id);
CREATE INDEX result_entries_voids ON result_entries (office_id, voids);

CREATE TABLE result_counts (
    office_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    outcome TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (office_id, entry_id, outcome),
    FOREIGN KEY (office_id, entry_id) REFERENCES result_entries (office_id, id)
);

-- What came from the field and waits for a coordinator; in no total.
CREATE TABLE held_entries (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    -- No foreign key: the event may be unknown, which is one of the reasons.
    event_id UUID NOT NULL,
    date DATE NOT NULL,
    reason TEXT NOT NULL,
    user_id UUID,
    device TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    -- The entry as it came.
    entry JSONB NOT NULL,
    content_hash TEXT NOT NULL,
    -- waiting, accepted or dismissed.
    decision TEXT NOT NULL,
    decided_at TIMESTAMPTZ,
    decided_by UUID,
    decision_reason TEXT,
    PRIMARY KEY (office_id, id)
);
CREATE INDEX held_entries_decision ON held_entries (office_id, decision, id);
CREATE INDEX held_entries_event ON held_entries (office_id, event_id);

-- The ledger's sums per event-day and outcome, kept in the transaction that adds the entry.
CREATE TABLE event_day_counts (
    office_id UUID NOT NULL,
    event_id UUID NOT NULL,
    date DATE NOT NULL,
    outcome TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (office_id, event_id, date, outcome),
    FOREIGN KEY (office_id, event_id) REFERENCES events (office_id, id)
);

-- Figures for a whole office and day, of any kind; a correction withdraws a row and adds another.
CREATE TABLE office_totals (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    date DATE NOT NULL,
    channel TEXT NOT NULL,
    venue_kind TEXT,
    -- The figure as read: 40, ±500, 6000-7000, 3,83%.
    figure TEXT NOT NULL,
    source TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID,
    withdrawn_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id)
);
CREATE INDEX office_totals_date ON office_totals (office_id, date);

CREATE TABLE period_locks (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    note TEXT,
    locked_at TIMESTAMPTZ NOT NULL,
    locked_by UUID,
    reopened_at TIMESTAMPTZ,
    reopened_by UUID,
    reopen_reason TEXT,
    PRIMARY KEY (office_id, id)
);

-- Who did what and when: field names of what changed, never a personal or secret value. Nil office: the installation.
CREATE TABLE audit (
    office_id UUID NOT NULL,
    id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    -- None for the system.
    user_id UUID,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    details JSONB NOT NULL,
    request_id TEXT,
    PRIMARY KEY (office_id, id)
);
CREATE INDEX audit_subject ON audit (office_id, subject, id);
