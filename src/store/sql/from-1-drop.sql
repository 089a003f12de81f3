DROP TABLE event_1; DROP TABLE seen_1; DROP TABLE attempt_1;
