SELECT generation FROM attempt WHERE id = ?1;
