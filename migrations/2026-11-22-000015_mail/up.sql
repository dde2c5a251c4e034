-- Letters that leave by e-mail. A row is written in the transaction of what it tells of; a process takes it by lease, sends
-- it outside any transaction, and marks it. Letters to users of several offices carry the nil office.
CREATE TABLE outbox (
    office_id UUID NOT NULL,
    -- Also the left half of the Message-ID: a repetition is the same message.
    id UUID NOT NULL,
    -- What the letter tells to whom; the same is never told twice.
    dedupe_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- None for an address that was typed (a test).
    user_id UUID REFERENCES users (id),
    recipient TEXT NOT NULL,
    recipient_name TEXT,
    -- id or en: the reader's.
    locale TEXT NOT NULL,
    -- The figures and words as they were when the letter was written; emptied of secrets once it has left.
    payload JSONB NOT NULL,
    -- queued, leased, sent or dead.
    state TEXT NOT NULL,
    -- Tries that were begun.
    attempts BIGINT NOT NULL,
    next_at TIMESTAMPTZ NOT NULL,
    lease_until TIMESTAMPTZ,
    -- After this moment the letter is pointless.
    expires_at TIMESTAMPTZ NOT NULL,
    -- Why the last try failed, as a code, and what the server said, also when it took the letter.
    fault TEXT,
    last_reply TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, dedupe_key)
);
CREATE INDEX outbox_due ON outbox (state, next_at);
CREATE INDEX outbox_user ON outbox (office_id, user_id);

-- Addresses that let somebody set a password once: forgotten, or a new account. Of the secret only a hash is stored.
-- office_id is the office of the user's scope, nil for a wider scope, as with sessions.
CREATE TABLE password_links (
    office_id UUID NOT NULL,
    id UUID NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    secret_hash TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (office_id, id),
    UNIQUE (office_id, secret_hash)
);
CREATE INDEX password_links_user ON password_links (office_id, user_id);

-- What a reader does without: digests or reminders of one office.
CREATE TABLE mail_optouts (
    office_id UUID NOT NULL,
    user_id UUID NOT NULL REFERENCES users (id),
    topic TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, user_id, topic)
);

-- The key with which an office signs the addresses that end its letters.
CREATE TABLE mail_keys (
    office_id UUID NOT NULL,
    secret TEXT NOT NULL,
    PRIMARY KEY (office_id)
);
