import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scriptOf } from "./script-of.ts";

interface Account {
  storeId: string;
  username: string;
  password: string;
}

export interface StartedServer {
  url: string;
  /** Two accounts, each with a store. */
  accounts: readonly [Account, Account];
  stop(): Promise<void>;
}

/** Where a server stores its data. */
export interface DataPlace {
  folder: string;
  /** A PostgreSQL database, instead of the embedded one in the folder. */
  databaseUrl?: string;
}

/**
 * Starts the sandbox of a server, on a free port and without rate limits.
 *
 * @param folder folder of the package `@memory-api/server`
 * @param place a place that is kept. By default, the data is removed when the server stops
 * @throws {Error} with its output, if it does not start
 */
export async function startServer(folder: string, place?: DataPlace): Promise<StartedServer> {
  const data = place?.folder ?? (await mkdtemp(join(tmpdir(), "behavior-server-")));
  const accounts = [accountOf(0), accountOf(1)] as const;
  const readyFile = join(data, "ready.json");
  const signingKeyFile = join(data, "key");
  if (place?.databaseUrl !== undefined) await writeFile(signingKeyFile, randomBytes(32).toString("hex"));
  const command = await scriptOf(folder, "memory-server");
  const { DATABASE_URL: _, ...environment } = process.env;
  const child = spawn(process.execPath, [command, "--sandbox", "--port", "0", "--ready-file", readyFile], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...environment,
      ...(place?.databaseUrl !== undefined && { DATABASE_URL: place.databaseUrl }),
      MEMORY_CONFIGURATION: JSON.stringify({
        ...configurationOf(accounts, data),
        ...(place?.databaseUrl !== undefined && { signingKeys: [{ id: "behavior", secretFile: signingKeyFile }] }),
      }),
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output += chunk;
    });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill();
    await exited;
    if (place === undefined) await rm(data, { recursive: true, force: true });
  };
  while (child.exitCode === null && child.signalCode === null) {
    const ready = await readFile(readyFile, "utf8").catch(() => "");
    if (ready.trimEnd().endsWith("}")) return { url: String(JSON.parse(ready).url), accounts, stop };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error(`${command} does not start:\n${output}`);
}

function accountOf(index: number): Account {
  return {
    storeId: `mem_store_${String(index).padStart(26, "0")}`,
    username: `SK${String(index).padStart(32, "0")}`,
    password: randomBytes(16).toString("hex"),
  };
}

/** Uses only settings that are part of the public configuration, because released servers read it too. */
function configurationOf(accounts: readonly Account[], data: string): object {
  const sid = (index: number) => `AC${String(index).padStart(32, "0")}`;
  const text = { dataType: "STRING" };
  const names = ["firstName", "lastName", "street", "city", "state", "postalCode", "country", "preferredLanguage"];
  const traits = {
    ...Object.fromEntries(names.map((name) => [name, text])),
    email: { ...text, idTypePromotion: "email" },
    phone: { ...text, idTypePromotion: "phone" },
  };
  const unlimited = { perSecond: 1_000_000, burst: 1_000_000 };
  return {
    data,
    accounts: accounts.map(({ username, password }, index) => ({
      sid: sid(index),
      credentials: [{ username, secretSha256: createHash("sha256").update(password).digest("hex") }],
    })),
    stores: accounts.map(({ storeId }, index) => ({
      id: storeId,
      account: sid(index),
      identifierTypes: { email: { normalization: "email" }, phone: { normalization: "phone" } },
      traitGroups: { Contact: { traits } },
    })),
    rateLimits: { address: unlimited, read: unlimited, write: unlimited, bulk: unlimited, import: unlimited },
  };
}
