SELECT at FROM practice_cleared WHERE candidate = ?1 AND home = ?2;
