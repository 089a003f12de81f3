SELECT item, times FROM exposure WHERE candidate = ?1 AND home = ?2;
