SELECT attempt, item FROM seen WHERE attempt = ?1;
