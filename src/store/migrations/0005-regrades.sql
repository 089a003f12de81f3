-- What a finished attempt came to by the bank of a later day. The result that was given stays beside it.
CREATE TABLE regrade (
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    -- When it was kept.
    at INTEGER NOT NULL,
    -- JSON
    body TEXT NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (attempt, at)
) STRICT, WITHOUT ROWID;
