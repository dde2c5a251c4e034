DROP TABLE mail_keys;
DROP TABLE mail_optouts;
DROP TABLE password_links;
DROP TABLE outbox;
