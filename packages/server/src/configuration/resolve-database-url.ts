import type { Configuration } from "#generated/configuration.js";
import type { Mistake } from "./configuration-error.ts";
import { readSecretFile } from "./read-secret-file.ts";

/**
 * The URL of the database, from the configuration or from the file that it names.
 *
 * @param folder what relative paths start from
 * @param mistakes is added to
 * @returns `undefined` for the embedded database
 */
export async function resolveDatabaseUrl(
  { databaseUrl, databaseUrlFile }: Configuration,
  folder: string,
  mistakes: Mistake[],
): Promise<string | undefined> {
  // The file of a configuration gives way to a URL from the environment; within one configuration the schema refuses both.
  if (databaseUrl !== undefined || databaseUrlFile === undefined) return databaseUrl;
  const path = "/databaseUrlFile";
  const secret = await readSecretFile(databaseUrlFile, { path, folder }, mistakes);
  const url = secret.toString();
  if (url !== "" && !/^postgres(ql)?:\/\/\S+$/.test(url))
    mistakes.push({ path, reason: "the file must hold a postgres:// URL" });
  return url;
}
