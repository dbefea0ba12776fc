-- For the primary, once the standby follows it: from now on, a commit waits until the standby has it on disk.
ALTER SYSTEM SET synchronous_standby_names = 'standby';
SELECT pg_reload_conf();
