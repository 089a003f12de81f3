SELECT exam, day, outcome FROM real_exam WHERE candidate = ?1 ORDER BY day, exam;
