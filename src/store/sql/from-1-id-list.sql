SELECT id FROM attempt_1 ORDER BY id;
