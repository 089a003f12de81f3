SELECT body FROM event WHERE attempt = ?1 ORDER BY seq;
