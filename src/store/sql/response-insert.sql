INSERT OR REPLACE INTO response (attempt, item, item_hash, choices, mark, scored, seconds, changes, seen_before, confidence)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
