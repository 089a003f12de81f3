SELECT sum FROM attempt WHERE id = ?1;
