SELECT tables.name, COUNT(*), SUM(columns.name = 'attempt') > 0
FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
WHERE tables.type = 'table' AND tables.name <> 'attempt' AND tables.name NOT LIKE 'sqlite_%'
GROUP BY tables.name ORDER BY tables.rowid;
