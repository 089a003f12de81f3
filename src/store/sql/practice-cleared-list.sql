SELECT home, at FROM practice_cleared WHERE candidate = ?1 ORDER BY home;
