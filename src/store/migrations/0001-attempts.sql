-- An attempt is a form, the rules it is sat under, and the journal of what happened.
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    exam TEXT NOT NULL,
    -- JSON: the form as it was drawn, questions included, so that a changed bank changes nothing.
    form TEXT NOT NULL,
    rules TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The last time that the program was known to be running this sitting.
    last_seen_at INTEGER NOT NULL,
    -- Raised when another process takes the sitting over; writes of the old one are refused from then on.
    generation INTEGER NOT NULL DEFAULT 1,
    finished_at INTEGER
) STRICT;

CREATE TABLE event (
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (attempt, seq)
) STRICT, WITHOUT ROWID;

-- Which questions a candidate has seen in which attempt: what the next form leaves for last.
CREATE TABLE seen (
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    item TEXT NOT NULL,
    PRIMARY KEY (attempt, item)
) STRICT, WITHOUT ROWID;
