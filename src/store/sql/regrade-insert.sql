INSERT OR REPLACE INTO regrade (attempt, at, body, sum) VALUES (?1, ?2, ?3, ?4);
