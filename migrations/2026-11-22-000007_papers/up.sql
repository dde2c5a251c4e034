-- What stands on the papers of an office, and the letters of assignment that it wrote.

-- One row for each office that has filled it in; every text may be missing.
CREATE TABLE office_settings (
    office_id UUID NOT NULL PRIMARY KEY REFERENCES offices (id),
    government TEXT,
    agency TEXT,
    address TEXT,
    phone TEXT,
    website TEXT,
    city TEXT,
    legal_basis TEXT,
    number_pattern TEXT,
    signer_name TEXT,
    signer_title TEXT,
    signer_rank TEXT,
    signer_nip TEXT,
    updated_at TIMESTAMPTZ NOT NULL
);

-- The surat tugas of an event as it was written, so that it is printed alike again.
CREATE TABLE assignment_letters (
    office_id UUID NOT NULL,
    event_id UUID NOT NULL,
    -- With the office's code the way to the page that says the letter is genuine.
    check_code TEXT NOT NULL,
    number TEXT NOT NULL,
    issued_on DATE NOT NULL,
    city TEXT,
    basis TEXT NOT NULL,
    task TEXT NOT NULL,
    equipment TEXT,
    signer_name TEXT NOT NULL,
    signer_title TEXT NOT NULL,
    signer_rank TEXT,
    signer_nip TEXT,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (office_id, event_id),
    UNIQUE (office_id, check_code),
    FOREIGN KEY (office_id, event_id) REFERENCES events (office_id, id) ON DELETE CASCADE
);
