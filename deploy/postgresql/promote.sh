#!/bin/sh
# Makes a standby the primary. The old primary must be stopped first, and must not start again as a primary.
#   STANDBY  the standby, such as "host=pg2.internal user=postgres dbname=postgres"
set -eu
psql --no-psqlrc --quiet --dbname "$STANDBY" \
  --command "ALTER SYSTEM SET synchronous_standby_names = ''" \
  --command "SELECT pg_reload_conf()" \
  --command "SELECT pg_promote()"
