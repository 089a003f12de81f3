INSERT OR REPLACE INTO real_exam (candidate, exam, day, outcome, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5);
