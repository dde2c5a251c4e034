-- What each phone said last: how many entries it still keeps. One row per phone and user, no history.
CREATE TABLE devices (
    office_id UUID NOT NULL REFERENCES offices (id),
    user_id UUID NOT NULL REFERENCES users (id),
    -- The phone's own name for itself.
    device TEXT NOT NULL,
    waiting BIGINT NOT NULL,
    -- By the phone's clock; none if it did not say, or nothing that can be read.
    sent_at TIMESTAMPTZ,
    received_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, user_id, device)
);
CREATE INDEX devices_received ON devices (office_id, received_at);
