INSERT INTO practice_cleared (candidate, home, at) VALUES (?1, ?2, ?3)
ON CONFLICT (candidate, home) DO UPDATE SET at = excluded.at WHERE excluded.at > at;
