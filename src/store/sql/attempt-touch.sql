UPDATE attempt SET last_seen_at = MAX(last_seen_at, ?3), events = MAX(events, ?4) WHERE id = ?1 AND generation = ?2;
