SELECT DISTINCT attempt FROM event WHERE instr(body, '"problem-noted"') ORDER BY attempt;
