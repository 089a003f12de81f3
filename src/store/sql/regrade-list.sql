SELECT regrade.attempt, regrade.body, regrade.sum, regrade.at FROM regrade JOIN attempt ON attempt.id = regrade.attempt
WHERE attempt.candidate = ?1 ORDER BY regrade.attempt, regrade.at;
