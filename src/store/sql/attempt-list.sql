SELECT id, exam, kind, created_at, began_at, finished_at FROM attempt WHERE candidate = ?1 ORDER BY created_at DESC, id DESC;
