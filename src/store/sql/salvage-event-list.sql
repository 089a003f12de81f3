SELECT attempt, seq, at, body FROM event WHERE attempt = ?1 ORDER BY seq;
