SELECT exam, form, rules, created_at, last_seen_at, generation, finished_at FROM attempt_1 WHERE id = ?1;
