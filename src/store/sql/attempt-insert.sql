INSERT INTO attempt (id, uid, candidate, exam, edition, kind, home, bank_checksum, form_code, rules, created_at, last_seen_at, sum)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11, ?12);
