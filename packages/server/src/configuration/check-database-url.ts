import type { Configuration } from "#generated/configuration.js";
import type { Mistake } from "./configuration-error.ts";

/**
 * Rejects a database URL with a password, because configuration files are often shared and must not contain secrets.
 *
 * @param mistakes the mistake is added to this list
 */
export function checkDatabaseUrl({ databaseUrl }: Configuration, mistakes: Mistake[]): void {
  if (databaseUrl === undefined || !hasPassword(databaseUrl)) return;
  const reason = "must not contain a password; set DATABASE_URL or databaseUrlFile instead";
  mistakes.push({ path: "/databaseUrl", reason });
}

function hasPassword(databaseUrl: string): boolean {
  const url = URL.parse(databaseUrl);
  // PostgreSQL accepts URLs that the parser rejects, such as those without a host.
  if (url === null) return /:\/\/[^@]*:[^@]*@|[?&]password=/.test(databaseUrl);
  return url.password !== "" || url.searchParams.has("password");
}
