SELECT DISTINCT attempt FROM event ORDER BY attempt;
