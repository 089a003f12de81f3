SELECT id, exam, created_at, finished_at FROM attempt ORDER BY id DESC;
