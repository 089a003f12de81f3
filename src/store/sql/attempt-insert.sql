INSERT INTO attempt (id, exam, form, rules, created_at, last_seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5);
