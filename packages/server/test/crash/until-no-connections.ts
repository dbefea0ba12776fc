import { type Place, select } from "../support/place.ts";

/** Waits until PostgreSQL has noticed that a server is gone: until then it may still be committing for it. */
export async function untilNoConnections(place: Place): Promise<void> {
  if (place.databaseUrl === undefined) return;
  const others = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
  while ((await select(place, others)).flat().length > 0);
}
