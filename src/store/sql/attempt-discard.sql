DELETE FROM attempt WHERE id = ?1 AND events = 0;
