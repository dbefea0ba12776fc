#!/bin/sh
# Copies a primary to a new data folder, which follows it from then on. Run it as the user of PostgreSQL on the machine of the standby.
#   PRIMARY  the primary, such as "host=pg1.internal user=replication"
#   PGDATA   the data folder of the standby, which must not exist or be empty
set -eu
pg_basebackup --dbname "$PRIMARY application_name=standby" --pgdata "$PGDATA" --checkpoint fast --write-recovery-conf
# After the primary has gone, a promotion waits for this long, by default 5 seconds.
echo "wal_retrieve_retry_interval = 500ms" >> "$PGDATA/postgresql.auto.conf"
