SELECT uid FROM candidate WHERE id = ?1;
