INSERT OR IGNORE INTO seen (attempt, slot) VALUES (?1, ?2);
