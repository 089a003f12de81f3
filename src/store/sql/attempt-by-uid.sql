SELECT id FROM attempt WHERE uid = ?1;
