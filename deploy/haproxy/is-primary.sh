#!/bin/sh
# Succeeds if a server is the primary. HAProxy passes the address and port of its listener, then those of the server.
test t = "$(psql --no-psqlrc --tuples-only --no-align \
  --dbname "host=$3 port=$4 user=health dbname=postgres connect_timeout=2 passfile=/etc/haproxy/pgpass" \
  --command 'SELECT NOT pg_is_in_recovery()')"
