DROP TABLE total_splits;
DROP TABLE observations;
DROP TABLE denominators;
DROP TABLE targets;
