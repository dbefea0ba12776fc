import { type Place, select } from "../support/place.ts";

/** Waits until PostgreSQL has closed the connections of a killed server. Until then, it may still commit its transactions. */
export async function untilNoConnections(place: Place): Promise<void> {
  if (place.databaseUrl === undefined) return;
  const others =
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'memory-api'";
  while ((await select(place, others)).flat().length > 0);
}
