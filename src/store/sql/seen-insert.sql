INSERT OR IGNORE INTO seen (attempt, item) VALUES (?1, ?2);
