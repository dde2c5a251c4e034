DROP TABLE assignment_letters;
DROP TABLE office_settings;
