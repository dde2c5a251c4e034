-- Who receives digests of an office, and when. `next_at` is the moment at which the next letter leaves, told by the
-- rhythm, the hour on the office's clocks and its holidays; the job that sends letters moves it on.
CREATE TABLE digest_subscriptions (
    office_id UUID NOT NULL REFERENCES offices (id),
    id UUID NOT NULL,
    -- Whose rights the letter is written under.
    user_id UUID NOT NULL REFERENCES users (id),
    -- daily, weekly or monthly.
    period TEXT NOT NULL,
    -- Of a weekly letter: mon … sun.
    weekday TEXT,
    -- Of a monthly letter: 1–31; in a shorter month its last day.
    month_day BIGINT,
    time TIME NOT NULL,
    -- True: nothing on Saturdays, Sundays, holidays and joint leave.
    quiet BOOLEAN NOT NULL,
    next_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, user_id, period)
);
CREATE INDEX digest_subscriptions_due ON digest_subscriptions (next_at);
CREATE INDEX digest_subscriptions_user ON digest_subscriptions (user_id);
