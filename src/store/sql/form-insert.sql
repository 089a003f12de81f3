INSERT INTO form (attempt, body, sum) VALUES (?1, ?2, ?3);
