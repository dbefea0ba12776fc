import { chmod, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { administer, freePort } from "../postgres/postgres-for-tests.ts";
import { folderForPrograms, PATH, readDeployed, reasonWithout, startProgram } from "../support/programs.ts";
import { type Cluster, PASSWORD } from "./postgres-cluster.ts";

/** Why HAProxy cannot be started; `undefined` if it can. */
export const reasonWithoutHaproxy = reasonWithout("haproxy", "haproxy");

/**
 * Starts HAProxy with the configuration in `deploy`, in front of a primary and its standby. It ends with the test.
 *
 * @returns the URL of the primary, whichever of the two it is
 */
export async function startHaproxy(primary: Cluster, standby: Cluster): Promise<string> {
  const [folder, port] = [await folderForPrograms(), await freePort()];
  onTestFinished(() => rm(folder, { recursive: true }));
  const [configuration, check] = [join(folder, "haproxy.cfg"), join(folder, "is-primary.sh")];
  await writeFile(
    check,
    await readDeployed("haproxy/is-primary.sh", { "passfile=/etc/haproxy/pgpass": `password=${PASSWORD}` }),
  );
  await chmod(check, 0o755);
  await writeFile(
    configuration,
    await readDeployed("haproxy/haproxy.cfg", {
      "bind 127.0.0.1:5432": `bind 127.0.0.1:${port}`,
      "pg1.internal:5432": `127.0.0.1:${primary.port}`,
      "pg2.internal:5432": `127.0.0.1:${standby.port}`,
      "/etc/haproxy/is-primary.sh": check,
      // Without the wrapper in Perl, which takes most of the time of a check on a busy machine.
      "/usr/local/bin:/usr/bin:/bin": PATH,
    }),
  );
  const haproxy = await startProgram("haproxy", ["-W", "-db", "-f", configuration], "Loading success");
  onTestFinished(() => haproxy.end("SIGTERM"));

  const url = Object.assign(new URL(primary.url), { port: String(port) }).href;
  // Until its first check, a server counts as available.
  await expect.poll(() => portsBehind(url).catch(() => undefined)).toEqual(new Set([primary.port]));
  return url;
}

/** The ports of the servers that several connections lead to. */
export async function portsBehind(url: string): Promise<Set<number>> {
  const selected = Array.from({ length: 4 }, () => administer(url, "SELECT current_setting('port')::int AS port"));
  return new Set((await Promise.all(selected)).map(([result]) => result?.rows[0]?.port));
}
