SELECT form, rules, created_at, last_seen_at, generation FROM attempt WHERE id = ?1;
