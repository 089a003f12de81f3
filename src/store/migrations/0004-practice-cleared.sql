-- Until when a candidate's answers to the questions of a home bank no longer count for what is practiced. The attempts
-- themselves, and what was seen in them, stay.
CREATE TABLE practice_cleared (
    candidate INTEGER NOT NULL REFERENCES candidate (id),
    home TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (candidate, home)
) STRICT, WITHOUT ROWID;
