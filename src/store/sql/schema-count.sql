SELECT COUNT(*) FROM sqlite_schema;
