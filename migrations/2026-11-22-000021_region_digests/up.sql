-- Who receives the digest of a whole province or the nation, and when. Which offices it tells of is the reader's own scope
-- at the moment at which it is written; hours are those of Jakarta. As letters to such readers they carry the nil office.
CREATE TABLE region_digests (
    office_id UUID NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    -- daily, weekly or monthly.
    period TEXT NOT NULL,
    -- Of a weekly letter: mon … sun.
    weekday TEXT,
    -- Of a monthly letter: 1–31; in a shorter month its last day.
    month_day BIGINT,
    time TIME NOT NULL,
    -- True: nothing on Saturdays, Sundays, holidays and joint leave of the nation.
    quiet BOOLEAN NOT NULL,
    next_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, user_id)
);
CREATE INDEX region_digests_due ON region_digests (next_at);
