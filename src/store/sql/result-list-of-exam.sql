SELECT attempt.id, result.body, result.sum FROM attempt JOIN result ON result.attempt = attempt.id
WHERE attempt.candidate = ?1 AND attempt.exam = ?2 ORDER BY attempt.created_at, attempt.id;
