INSERT OR IGNORE INTO text (hash, body) VALUES (?1, ?2);
