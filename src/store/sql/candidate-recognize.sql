INSERT OR IGNORE INTO candidate (uid, name, same_as) VALUES (?1, ?2, ?3);
