SELECT body FROM event_1 WHERE attempt = ?1 ORDER BY seq;
