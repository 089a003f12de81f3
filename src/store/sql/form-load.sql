SELECT body, sum FROM form WHERE attempt = ?1;
