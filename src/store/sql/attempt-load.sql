SELECT uid, exam, edition, kind, home, rules, created_at, last_seen_at, events, sum FROM attempt WHERE id = ?1;
