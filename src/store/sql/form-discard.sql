DELETE FROM form WHERE attempt = ?1;
