SELECT id, exam, form, rules, created_at, last_seen_at, generation, finished_at FROM attempt WHERE id = ?1;
