DROP TABLE estimates;
DROP TABLE estimate_runs;
