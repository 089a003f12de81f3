INSERT OR REPLACE INTO result (attempt, body, sum) VALUES (?1, ?2, ?3);
