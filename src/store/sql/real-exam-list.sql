SELECT exam, day, outcome, recorded_at FROM real_exam WHERE candidate = ?1 ORDER BY day, exam;
