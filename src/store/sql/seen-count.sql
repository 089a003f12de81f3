SELECT seen.item, COUNT(*) FROM seen JOIN attempt ON attempt.id = seen.attempt WHERE attempt.exam = ?1 GROUP BY seen.item;
