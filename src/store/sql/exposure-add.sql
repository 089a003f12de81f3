INSERT INTO exposure (candidate, home, item, times) SELECT candidate, home, ?2, ?3 FROM attempt WHERE id = ?1
ON CONFLICT DO UPDATE SET times = times + ?3;
