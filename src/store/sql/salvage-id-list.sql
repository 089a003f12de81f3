SELECT id FROM attempt ORDER BY id;
