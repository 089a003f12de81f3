SELECT 1 FROM candidate WHERE uid = ?1 AND (id = ?2 OR same_as = ?2);
