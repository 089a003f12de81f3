-- How the real exam went, as the candidate says: what the estimates are held against.
CREATE TABLE real_exam (
    candidate INTEGER NOT NULL REFERENCES candidate (id),
    exam TEXT NOT NULL,
    -- As 2026-11-24.
    day TEXT NOT NULL,
    -- pass or fail
    outcome TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (candidate, exam, day)
) STRICT, WITHOUT ROWID;
