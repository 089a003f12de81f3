SELECT body FROM text WHERE hash = ?1;
