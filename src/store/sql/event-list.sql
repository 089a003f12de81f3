SELECT seq, at, body, sum FROM event WHERE attempt = ?1 ORDER BY seq;
