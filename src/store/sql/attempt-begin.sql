UPDATE attempt SET began_at = ?2 WHERE id = ?1 AND began_at IS NULL;
