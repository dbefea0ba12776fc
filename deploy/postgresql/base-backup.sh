#!/bin/sh
# Copies a running PostgreSQL to a new folder, as the start of a recovery to any later time. Run it regularly.
#   SERVER  the server, such as "host=pg1.internal user=replication"
#   BACKUP  the new folder
set -eu
pg_basebackup --dbname "$SERVER" --pgdata "$BACKUP" --checkpoint fast
pg_verifybackup "$BACKUP"
