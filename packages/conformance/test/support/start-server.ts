import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Configuration } from "@memory-api/server";
import type { Account, Target } from "../../src/target.ts";

export const ACCOUNT: Account = {
  storeId: "mem_store_00000000000000000000000000",
  username: "SK00000000000000000000000000000001",
  password: "secret-of-the-account",
};

export const OTHER_ACCOUNT: Account = {
  storeId: "mem_store_00000000000000000000000001",
  username: "SK00000000000000000000000000000002",
  password: "secret-of-the-other-account",
};

export interface ServerOptions {
  /** By default, the embedded database in a temporary folder. */
  readonly databaseUrl?: string;
  /** Whether it is a sandbox with a control API. @default true */
  readonly isSandbox?: boolean;
  readonly configuration?: Partial<Configuration>;
}

export interface StartedServer {
  readonly target: Target;
  stop(): Promise<void>;
}

/** Starts `memory-server` with two accounts in a separate process, without rate limits. */
export async function startServer({
  databaseUrl,
  isSandbox = true,
  configuration,
}: ServerOptions = {}): Promise<StartedServer> {
  const folder = await mkdtemp(join(tmpdir(), "memory-conformance-"));
  const accounts = [ACCOUNT, OTHER_ACCOUNT].map(({ username, password }, at) => ({
    sid: `AC${String(at + 1).padStart(32, "0")}`,
    credentials: [{ username, secretSha256: createHash("sha256").update(password).digest("hex") }],
  }));
  const contact = ["firstName", "lastName", "street", "city", "state", "postalCode", "country", "preferredLanguage"];
  const store = ({ storeId }: Account, at: number) => ({
    id: storeId,
    account: `AC${String(at + 1).padStart(32, "0")}`,
    identifierTypes: { email: { normalization: "email" }, phone: { normalization: "phone" } },
    traitGroups: {
      Contact: {
        traits: {
          ...Object.fromEntries(contact.map((name) => [name, { dataType: "STRING" }])),
          email: { dataType: "STRING", idTypePromotion: "email" },
          phone: { dataType: "STRING", idTypePromotion: "phone" },
        },
      },
    },
  });
  const rateLimits = Object.fromEntries(
    ["address", "read", "write", "bulk", "import"].map((name) => [name, { perSecond: 1_000_000, burst: 1_000_000 }]),
  );
  const settings = {
    port: 0,
    rateLimits,
    data: join(folder, "data"),
    logLevel: "warn",
    accounts,
    signingKeys: [{ id: "first", secretFile: join(folder, "signing-key") }],
    stores: [store(ACCOUNT, 0), store(OTHER_ACCOUNT, 1)],
    ...configuration,
  };
  await writeFile(join(folder, "signing-key"), "5".repeat(64), { mode: 0o600 });
  await writeFile(join(folder, "memory.json"), JSON.stringify(settings));
  const readyFile = join(folder, "ready.json");
  const child = spawn(
    process.execPath,
    [
      commandOf("@memory-api/server", "memory-server"),
      ...["--config", join(folder, "memory.json"), "--ready-file", readyFile],
      ...(isSandbox ? ["--sandbox"] : []),
    ],
    { stdio: ["ignore", "ignore", "pipe"], env: environmentWith(databaseUrl) },
  );
  const url = await untilReady(child, readyFile);
  return {
    target: {
      baseUrl: url,
      account: ACCOUNT,
      otherAccount: OTHER_ACCOUNT,
      isImmediate: true,
      eventualWithinMs: 5000,
      isReadOnly: false,
      ...(isSandbox && { controlUrl: `${url}/__sandbox` }),
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The script of a command of a package. */
function commandOf(packageName: string, command: string): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve(`${packageName}/package.json`);
  return join(dirname(manifest), require(manifest).bin[command]);
}

function environmentWith(databaseUrl: string | undefined): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...environment } = process.env;
  return databaseUrl === undefined ? environment : { ...environment, DATABASE_URL: databaseUrl };
}

/** @throws {Error} with what the process printed, if it ends before it is ready */
async function untilReady(child: ChildProcess, readyFile: string): Promise<string> {
  const { promise, reject } = Promise.withResolvers<never>();
  let errors = "";
  child.stderr?.on("data", (chunk) => {
    errors += chunk;
  });
  child.once("exit", (code) => reject(new Error(`memory-server exited with ${code}: ${errors}`)));
  promise.catch(() => {});
  for (;;) {
    const text = await Promise.race([readFile(readyFile, "utf8").catch(() => ""), promise]);
    if (text.endsWith("}") || text.endsWith("}\n")) return String(JSON.parse(text).url);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
