DELETE FROM result WHERE attempt = ?1;
