UPDATE attempt SET last_seen_at = ?2, generation = ?3, finished_at = ?4 WHERE id = ?1;
