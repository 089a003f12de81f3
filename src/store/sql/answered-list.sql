SELECT item, at, is_right, is_flagged FROM answered WHERE candidate = ?1 AND home = ?2;
