import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import { memoryServer, untilReady } from "../command/memory-server.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { freePort } from "../postgres/postgres-for-tests.ts";

export const sid = `AC${"1".repeat(32)}`;
export const secretOf = (name: string) => `canary-0a000000-0007 of ${name}, which is long enough`;

/** How a process gets a new configuration. */
export type Change = "reload" | "restart";

interface Member {
  readonly url: string;
  readonly folder: string;
  child: ChildProcess;
  /** The number of reloads that it has logged. */
  reloads: number;
  /** Whether the load balancer sends it requests. */
  isAvailable: boolean;
  /** Requests under way. */
  underWay: number;
}

/** Two `memory-server` processes behind a load balancer and one database, each with its own configuration file. */
export class Fleet {
  readonly #members: Member[] = [];
  readonly #databaseUrl: string;
  #turn = 0;

  private constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  static async start(databaseUrl: string, configuration: object): Promise<Fleet> {
    const fleet = new Fleet(databaseUrl);
    for (let count = 0; count < 2; count++) fleet.#members.push(await fleet.#newMember(configuration));
    return fleet;
  }

  /** Gives a process, or each process in turn, another configuration. */
  async change(how: Change, configuration: object, ats = [...this.#members.keys()]): Promise<void> {
    for (const at of ats) {
      const member = this.#members[at];
      if (member === undefined) throw new Error(`There is no process ${at}.`);
      await writeConfiguration(member.folder, configuration);
      if (how === "reload") await reload(member);
      else await this.#restart(member);
    }
  }

  /** Sends a request to the next process that is available. The path has a slash at its beginning. */
  async send(path: string, options: RequestInit = {}): Promise<Response> {
    const available = this.#members.filter(({ isAvailable }) => isAvailable);
    const member = available[this.#turn++ % available.length];
    if (member === undefined) throw new Error("No process is available.");
    member.underWay++;
    try {
      const response = await fetch(member.url + path, options);
      return new Response(await response.text(), { status: response.status });
    } finally {
      member.underWay--;
    }
  }

  async #newMember(configuration: object): Promise<Member> {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "secrets"));
    for (const name of ["SK1", "SK2", "old", "new"]) await writeFile(join(folder, "secrets", name), secretOf(name));
    await writeConfiguration(folder, configuration);
    const port = await freePort();
    const child = this.#spawn(folder, port);
    const member = { url: `http://127.0.0.1:${port}`, folder, child, reloads: 0, isAvailable: true, underWay: 0 };
    countReloads(member);
    await untilReady(child);
    return member;
  }

  #spawn(cwd: string, port: number) {
    const environment = { DATABASE_URL: this.#databaseUrl, PORT: String(port) };
    return memoryServer(["--config", "memory.yaml"], { cwd, environment });
  }

  async #restart(member: Member): Promise<void> {
    member.isAvailable = false;
    await expect.poll(() => member.underWay).toBe(0);
    member.child.kill("SIGTERM");
    await once(member.child, "exit");
    const child = this.#spawn(member.folder, Number(new URL(member.url).port));
    member.child = child;
    await untilReady(child);
    member.isAvailable = true;
  }
}

async function reload(member: Member): Promise<void> {
  const { reloads } = member;
  member.child.kill("SIGHUP");
  await expect.poll(() => member.reloads).toBe(reloads + 1);
}

function countReloads(member: Member): void {
  if (member.child.stdout === null) throw new Error("The output of the process is not a pipe.");
  createInterface({ input: member.child.stdout }).on("line", (line) => {
    if (line.includes('"configuration reloaded"')) member.reloads++;
  });
}

/** Replaces the file as a whole, as deployments do. */
async function writeConfiguration(folder: string, configuration: object): Promise<void> {
  await writeFile(join(folder, "next"), JSON.stringify(configuration));
  await rename(join(folder, "next"), join(folder, "memory.yaml"));
}
