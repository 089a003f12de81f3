INSERT INTO real_exam (candidate, exam, day, outcome, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (candidate, exam, day) DO UPDATE SET outcome = excluded.outcome, recorded_at = excluded.recorded_at
WHERE excluded.recorded_at > recorded_at;
