import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { memoryServer, untilReady } from "../command/memory-server.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { administer } from "../postgres/postgres-for-tests.ts";
import type { Place } from "../support/place.ts";
import { type ApiResponse, type Request, sendRequest } from "../support/send-request.ts";
import type { Login } from "../support/settings-for-tests.ts";

/** A text that occurs nowhere else, and that `scripts/test/find-canaries.ts` finds. */
export const canary = () => `canary-${randomUUID()}`;

export interface CanaryServer {
  readonly url: string;
  /** An account whose secret is a canary. */
  readonly login: Login;
  readonly place: Place;
  send(request: Request): Promise<ApiResponse>;
  /** Waits for its end, and returns all its output. */
  output(): Promise<string>;
}

/** Starts the published command, with canaries for all secrets of its configuration, at log level `debug`. */
export async function startCanaryServer(
  { dataFolder, databaseUrl }: Place,
  environment: NodeJS.ProcessEnv = {},
): Promise<CanaryServer> {
  const folder = await temporaryFolder();
  const login = [`SK${"c".repeat(32)}`, canary()] as const;
  const secrets = { secret: login[1], key: canary(), url: databaseUrl && (await withCanaryRole(databaseUrl)) };
  for (const [name, text] of Object.entries(secrets)) if (text) await writeFile(join(folder, name), text);
  const configuration = {
    accounts: [{ sid: `AC${"c".repeat(32)}`, credentials: [{ username: login[0], secretFile: "secret" }] }],
    signingKeys: [{ id: "key", secretFile: "key" }],
    ...(databaseUrl === undefined ? { data: dataFolder } : { databaseUrlFile: "url" }),
    ...{ port: 0, logLevel: "debug", imports: { pollSeconds: 0.1 }, timeouts: { bodySeconds: 0.1, drainSeconds: 1 } },
  };
  const config = join(folder, "memory.json");
  await writeFile(config, JSON.stringify(configuration));

  const readyFile = join(folder, "ready.json");
  const child = memoryServer(["--config", config, "--ready-file", readyFile], { environment });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
  }
  const ended = once(child, "close");
  await untilReady(child);
  const { url } = JSON.parse(await readFile(readyFile, "utf8"));
  return {
    url,
    login,
    place: { dataFolder, ...(databaseUrl !== undefined && { databaseUrl }) },
    send: (request) => sendRequest(url, { as: login, ...request }),
    async output() {
      child.kill("SIGTERM");
      await ended;
      return printed;
    },
  };
}

/** Gives the database to a role whose password is a canary. */
async function withCanaryRole(databaseUrl: string): Promise<string> {
  const url = new URL(databaseUrl);
  const role = `memory_${randomUUID().replaceAll("-", "")}`;
  const password = canary();
  const database = url.pathname.slice(1);
  await administer(
    databaseUrl,
    `CREATE ROLE ${role} LOGIN PASSWORD '${password}'`,
    `ALTER DATABASE ${database} OWNER TO ${role}`,
  );
  onTestFinished(async () => {
    await administer(
      databaseUrl,
      `REASSIGN OWNED BY ${role} TO CURRENT_USER`,
      `DROP OWNED BY ${role}`,
      `DROP ROLE ${role}`,
    );
  });
  return Object.assign(url, { username: role, password }).href;
}
