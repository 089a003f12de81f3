SELECT form, rules, last_seen_at, generation FROM attempt WHERE id = ?1;
