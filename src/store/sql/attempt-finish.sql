UPDATE attempt SET finished_at = ?2 WHERE id = ?1;
