SELECT form, rules, last_seen_at FROM attempt WHERE id = ?1;
