-- For the primary. Give each role a password with \password.
CREATE ROLE replication LOGIN REPLICATION;
CREATE ROLE health LOGIN IN ROLE pg_monitor;
