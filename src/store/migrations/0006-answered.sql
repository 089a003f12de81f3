-- How a candidate's last finished attempt with a question of a home bank went: what practice draws by, without reading the
-- history.
CREATE TABLE answered (
    candidate INTEGER NOT NULL REFERENCES candidate (id),
    home TEXT NOT NULL,
    item TEXT NOT NULL,
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    -- When it was finished.
    at INTEGER NOT NULL,
    is_right INTEGER NOT NULL,
    is_flagged INTEGER NOT NULL,
    PRIMARY KEY (candidate, home, item)
) STRICT, WITHOUT ROWID;
