UPDATE attempt SET events = ?2, finished_at = NULL WHERE id = ?1;
