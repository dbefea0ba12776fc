import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { memoryServer, untilReady } from "../command/memory-server.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { KeepAliveClient } from "../support/keep-alive-client.ts";
import type { Place } from "../support/place.ts";
import { logins, settingsForTests, storeId } from "../support/settings-for-tests.ts";

const page = readFileSync(new URL("../../../../docs/operations.md", import.meta.url), "utf8");
const skewedClock = new URL("../support/fixtures/skewed-clock.mjs", import.meta.url).href;

/** A section of the runbook: what it names must appear when its symptom is provoked. */
export class Symptom {
  readonly #text: string;

  /** @param title its heading */
  constructor(title: string) {
    const [, text] = page.split(`\n### ${title}\n`);
    if (text === undefined) throw new Error(`docs/operations.md has no section "${title}".`);
    this.#text = text.split(/\n##+ /)[0] ?? "";
  }

  /** Checks that the section names this, in code, and returns it. */
  names(text: string): string {
    expect(this.#text.replaceAll(/\s+/g, " ")).toContain(`\`${text}\``);
    return text;
  }

  /** The only block of code of the section in this language. */
  code(language: string): string {
    const [, code] = new RegExp(`\n\`\`\`${language}\\b[^\n]*\n(.*?)\n\`\`\``, "s").exec(this.#text) ?? [];
    if (code === undefined) throw new Error(`The section has no code in ${language}.`);
    return code;
  }
}

export interface LoggedServer {
  readonly url: string;
  readonly client: KeepAliveClient;
  readonly pid: number;
  /** Waits until the log has a line with this message and these fields. A field that is an object may have others. */
  logged(message: string, fields?: Readonly<Record<string, unknown>>): Promise<void>;
  metrics(): Promise<string>;
  health(path: "/health" | "/health/ready"): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Shuts it down, and waits until it has ended. */
  stop(): Promise<void>;
}

export interface LoggedServerOptions {
  /** Settings of its configuration. */
  readonly settings?: object;
  readonly clockSkewMs?: number;
  readonly signingKey?: string;
}

/** Starts the command on a place, with a log. It ends with the test at the latest. */
export async function startLogged(place: Place, options: LoggedServerOptions = {}): Promise<LoggedServer> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "key"), options.signingKey ?? "k".repeat(32));
  const [username] = logins.owner;
  const secretSha256 = Buffer.from(settingsForTests.credentials.get(username)?.secretSha256 ?? []).toString("hex");
  const configuration = {
    port: 0,
    ...(place.databaseUrl === undefined && { data: place.dataFolder }),
    accounts: [{ sid: logins.ownerAccount[0], credentials: [{ username, secretSha256 }] }],
    signingKeys: [{ id: "test", secretFile: "key" }],
    stores: [{ id: storeId }],
    ...options.settings,
  };
  await writeFile(join(cwd, "memory.json"), JSON.stringify(configuration));
  const child = memoryServer([], {
    cwd,
    environment: {
      MEMORY_CONFIG: "memory.json",
      ...(place.databaseUrl !== undefined && { DATABASE_URL: place.databaseUrl }),
      ...(options.clockSkewMs !== undefined && {
        CLOCK_SKEW_MS: String(options.clockSkewMs),
        NODE_OPTIONS: `--import=${skewedClock}`,
      }),
    },
  });
  const lines: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(JSON.parse(line)));
  const [, url = ""] = /listens on (.*)$/m.exec(await untilReady(child)) ?? [];
  return {
    url,
    client: new KeepAliveClient(url),
    pid: child.pid ?? 0,
    logged: (message, fields = {}) =>
      expect.poll(() => lines).toContainEqual(expect.objectContaining({ msg: message, ...partly(fields) })),
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
    async health(path) {
      const response = await fetch(url + path);
      return { status: response.status, body: Object(await response.json()) };
    },
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

function partly(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null && !("asymmetricMatch" in value)
        ? expect.objectContaining(value)
        : value,
    ]),
  );
}
