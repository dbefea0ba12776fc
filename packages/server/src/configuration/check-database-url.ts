import type { Configuration } from "#generated/configuration.js";
import type { Mistake } from "./configuration-error.ts";

/**
 * Refuses a database URL with a password: a file of a configuration is shown around, and holds no secret.
 *
 * @param mistakes is added to
 */
export function checkDatabaseUrl({ databaseUrl }: Configuration, mistakes: Mistake[]): void {
  if (databaseUrl === undefined || !hasPassword(databaseUrl)) return;
  const reason = "must not have a password; give such a URL in DATABASE_URL, or in the file that databaseUrlFile names";
  mistakes.push({ path: "/databaseUrl", reason });
}

function hasPassword(databaseUrl: string): boolean {
  const url = URL.parse(databaseUrl);
  // PostgreSQL knows URLs that others do not, such as those without a host.
  if (url === null) return /:\/\/[^@]*:[^@]*@|[?&]password=/.test(databaseUrl);
  return url.password !== "" || url.searchParams.has("password");
}
