INSERT INTO event (attempt, seq, at, body, sum) VALUES (?1, ?2, ?3, ?4, ?5);
