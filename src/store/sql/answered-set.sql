INSERT INTO answered (candidate, home, item, attempt, at, is_right, is_flagged)
SELECT candidate, home, ?2, id, ?3, ?4, ?5 FROM attempt WHERE id = ?1
ON CONFLICT DO UPDATE SET attempt = excluded.attempt, at = excluded.at, is_right = excluded.is_right,
    is_flagged = excluded.is_flagged WHERE excluded.at >= answered.at;
