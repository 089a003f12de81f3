-- Forms, texts and results stand apart from the short columns of an attempt, each piece with a checksum. What version 1
-- held is converted by `migrate/from_1.rs`, which then drops the tables that are renamed here.
ALTER TABLE attempt RENAME TO attempt_1;
ALTER TABLE event RENAME TO event_1;
ALTER TABLE seen RENAME TO seen_1;

-- Whose attempts these are. The first is the data folder's own.
CREATE TABLE candidate (
    id INTEGER PRIMARY KEY,
    -- Random, and the same in every folder that the candidate's attempts are copied to.
    uid TEXT NOT NULL UNIQUE,
    -- Only where one was given.
    name TEXT,
    -- The candidate that this one was said to be, under the uid of another folder.
    same_as INTEGER REFERENCES candidate (id)
) STRICT;
INSERT INTO candidate (id, uid) VALUES (1, lower(hex(randomblob(16))));

CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    -- Random, and the same wherever the attempt is copied to.
    uid TEXT NOT NULL UNIQUE,
    candidate INTEGER NOT NULL REFERENCES candidate (id),
    exam TEXT NOT NULL,
    edition TEXT NOT NULL,
    -- mock, rehearsal, practice or paper
    kind TEXT NOT NULL,
    -- The exam in whose bank the questions are at home.
    home TEXT NOT NULL,
    -- Of the files that the bank was read from.
    bank_checksum TEXT,
    form_code TEXT,
    -- JSON
    rules TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    began_at INTEGER,
    -- The last time that the program was known to be running this sitting.
    last_seen_at INTEGER NOT NULL,
    -- Raised when another process takes the sitting over; writes of the old one are refused from then on.
    generation INTEGER NOT NULL DEFAULT 1,
    finished_at INTEGER,
    -- How many events there are.
    events INTEGER NOT NULL DEFAULT 0,
    -- The first link of the attempt's chain of checksums: over what is above and never changes, and over its form's.
    sum INTEGER NOT NULL
) STRICT;

-- Questions, cases and sheets, each once by the hash of its JSON.
CREATE TABLE text (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE form (
    attempt INTEGER PRIMARY KEY REFERENCES attempt (id),
    -- JSON: the form as it was drawn, its texts by their hashes, so that a changed bank changes nothing.
    body TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

CREATE TABLE event (
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- JSON
    body TEXT NOT NULL,
    -- Over this event and all before it.
    sum INTEGER NOT NULL,
    PRIMARY KEY (attempt, seq)
) STRICT, WITHOUT ROWID;

-- Which places of its form an attempt has shown.
CREATE TABLE seen (
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    slot INTEGER NOT NULL,
    PRIMARY KEY (attempt, slot)
) STRICT, WITHOUT ROWID;

-- In how many attempts a candidate has seen a question of a home bank: what the next form leaves for last.
CREATE TABLE exposure (
    candidate INTEGER NOT NULL REFERENCES candidate (id),
    home TEXT NOT NULL,
    item TEXT NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (candidate, home, item)
) STRICT, WITHOUT ROWID;

-- What an attempt came to, stored when it is finished, so that looking back over many reads none of them.
CREATE TABLE result (
    attempt INTEGER PRIMARY KEY REFERENCES attempt (id),
    -- JSON
    body TEXT NOT NULL,
    sum INTEGER NOT NULL
) STRICT;

-- The responses of a finished attempt, for statistics over many.
CREATE TABLE response (
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    item TEXT NOT NULL,
    -- The question's text.
    item_hash TEXT NOT NULL,
    -- The ids of the choices, with a space between two.
    choices TEXT NOT NULL,
    -- right, wrong, omitted or not-reached
    mark TEXT NOT NULL,
    scored INTEGER NOT NULL,
    seconds REAL NOT NULL,
    changes INTEGER NOT NULL,
    -- In how many attempts before this one; NULL where that is not known.
    seen_before INTEGER,
    -- sure, think so or guess; NULL where the candidate was not asked or did not say.
    confidence TEXT,
    PRIMARY KEY (attempt, item)
) STRICT, WITHOUT ROWID;
