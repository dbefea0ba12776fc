#!/bin/sh
# Prepares a data folder with the state at a time. PostgreSQL reaches that state when it starts there, and then accepts writes.
#   BACKUP   a base backup from before that time
#   ARCHIVE  the folder of the archived log
#   TIME     such as "2026-11-29 21:05:00+00"
#   PGDATA   the new data folder
set -eu
cp -R "$BACKUP" "$PGDATA"
chmod 700 "$PGDATA"
cat >> "$PGDATA/postgresql.auto.conf" <<END
restore_command = 'cp $ARCHIVE/%f %p'
recovery_target_time = '$TIME'
recovery_target_action = 'promote'
END
touch "$PGDATA/recovery.signal"
