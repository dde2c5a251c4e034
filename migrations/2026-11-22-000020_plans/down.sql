DROP TABLE plan_acceptances;
DROP TABLE plan_visits;
DROP TABLE plans;
