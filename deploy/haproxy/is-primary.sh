#!/bin/sh
# Succeeds if a server is the primary and can commit. A primary that lost its synchronous standby cannot: its standby may have been promoted.
# HAProxy passes the address and port of its listener, then those of the server. The role needs the privileges of pg_monitor.
test t = "$(psql --no-psqlrc --tuples-only --no-align \
  --dbname "host=$3 port=$4 user=health dbname=postgres connect_timeout=3 passfile=/etc/haproxy/pgpass" \
  --command "SELECT NOT pg_is_in_recovery() AND (
    current_setting('synchronous_standby_names') = ''
    OR EXISTS (SELECT FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')))")"
