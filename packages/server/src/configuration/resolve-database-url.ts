import type { Configuration } from "#generated/configuration.js";
import type { Mistake } from "./configuration-error.ts";
import { readSecretFile } from "./read-secret-file.ts";

/**
 * Returns the URL of the database, from the configuration or from the file that it names.
 *
 * @param folder base of relative paths
 * @param mistakes the mistakes are added to this list
 * @returns `undefined` for the embedded database
 */
export async function resolveDatabaseUrl(
  { databaseUrl, databaseUrlFile }: Configuration,
  folder: string,
  mistakes: Mistake[],
): Promise<string | undefined> {
  // A URL in the environment overrides databaseUrlFile. The schema rejects a configuration with both.
  if (databaseUrl !== undefined || databaseUrlFile === undefined) {
    rejectSeveralHosts("/databaseUrl", databaseUrl ?? "", mistakes);
    return databaseUrl;
  }
  const path = "/databaseUrlFile";
  const secret = await readSecretFile(databaseUrlFile, { path, folder }, mistakes);
  const url = secret.toString();
  if (url !== "" && !/^postgres(ql)?:\/\/\S+$/.test(url))
    mistakes.push({ path, reason: "the file must contain a postgres:// URL" });
  rejectSeveralHosts(path, url, mistakes);
  return url;
}

/** libpq tries several hosts in turn. The driver for Node.js reports such a URL as an unknown host, or as invalid. */
function rejectSeveralHosts(path: string, url: string, mistakes: Mistake[]): void {
  const [hosts = ""] = url.replace(/^\w+:\/\/([^@/]*@)?/, "").split(/[/?]/);
  if (!hosts.includes(",")) return;
  mistakes.push({ path, reason: "must name one host; after a failover, a proxy such as HAProxy finds the primary" });
}
