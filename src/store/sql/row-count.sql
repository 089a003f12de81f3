SELECT COUNT(*) FROM attempt;
