INSERT INTO text (hash, body) VALUES (?1, ?2) ON CONFLICT (hash) DO UPDATE SET body = excluded.body;
