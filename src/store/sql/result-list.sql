SELECT attempt.id, result.body, result.sum FROM attempt JOIN result ON result.attempt = attempt.id WHERE attempt.candidate = ?1;
