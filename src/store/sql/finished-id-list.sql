SELECT id FROM attempt WHERE finished_at IS NOT NULL ORDER BY finished_at, id;
