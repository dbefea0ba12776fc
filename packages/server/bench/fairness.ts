import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../test/postgres/postgres-for-tests.ts";
import { type Child, startChild } from "./child.ts";
import { atMost, type Figure, type Measurement } from "./figure.ts";
import { body, person } from "./people.ts";
import { AUTHORIZATION, NEIGHBOR_AUTHORIZATION, NEIGHBOR_STORE, STORE } from "./settings.ts";

const BULKS_AT_ONCE = 8;
const SENDERS = 4;
const SAMPLES = 1000;

/** Measures how much the bulk requests of one account slow down another account. */
export async function measureFairness(): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), "memory-bench-"));
  const postgres = await startPostgres();
  const notes: string[] = [];
  const figures: Figure[] = [];
  try {
    const places = [["SQLite", folder, ""] as const, ["PostgreSQL", folder, await postgres.createDatabase()] as const];
    for (const [engine, ...place] of places) {
      const server = await startChild("database", ...place);
      try {
        const idle = await latencies(server);
        const bulks = sendBulks(server);
        const busy = await latencies(server);
        const count = await bulks.stop();
        figures.push(
          atMost(`Fetch on ${engine}, relative to an idle server`, busy.fetch / idle.fetch, 10),
          atMost(`Create on ${engine}, relative to an idle server`, busy.create / idle.create, 20),
        );
        notes.push(
          `${engine}: fetch ${ms(idle.fetch)} on an idle server, ${ms(busy.fetch)} during ${count} bulks; create ${ms(idle.create)} and ${ms(busy.create)}`,
        );
      } finally {
        await server.stop();
      }
    }
    return {
      title: "99th percentile latency of one account while another sends bulks of 1000, 8 at a time",
      figures,
      notes,
    };
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
}

const ms = (value: number) => `${value.toFixed(1)} ms`;

/** Measures the neighbor's fetches and creates, alternately. */
async function latencies(server: Child): Promise<{ fetch: number; create: number }> {
  const agent = new Agent({ keepAlive: true });
  const profiles = `${server.url}/v1/Stores/${NEIGHBOR_STORE}/Profiles`;
  const send = async (method: string, url: string, content?: string) => {
    const start = performance.now();
    const text = await exchange(agent, NEIGHBOR_AUTHORIZATION, method, url, content);
    return { text, time: performance.now() - start };
  };
  const { text } = await send("POST", profiles, body(0));
  const target = `${profiles}/${Object(JSON.parse(text)).id}`;
  const times = { fetch: [] as number[], create: [] as number[] };
  let number = Math.floor(Math.random() * 1e9);
  const work = async () => {
    while (times.create.length < SAMPLES) {
      times.fetch.push((await send("GET", target)).time);
      times.create.push((await send("POST", profiles, body(number++))).time);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, work));
  agent.destroy();
  return { fetch: percentile(times.fetch), create: percentile(times.create) };
}

/** Sends bulks of new people until it is stopped, as fast as the server accepts them. */
function sendBulks(server: Child): { stop(): Promise<number> } {
  const agent = new Agent({ keepAlive: true });
  const url = `${server.url}/v1/Stores/${STORE}/Profiles/Bulk`;
  let isStopped = false;
  let count = 0;
  const work = async () => {
    while (!isStopped) {
      const from = count++ * 1000;
      const profiles = Array.from({ length: 1000 }, (_, at) => ({ traits: { Contact: person(from + at) } }));
      await exchange(agent, AUTHORIZATION, "PUT", url, JSON.stringify({ profiles }));
    }
  };
  const working = Promise.all(Array.from({ length: BULKS_AT_ONCE }, work));
  return {
    async stop() {
      isStopped = true;
      await working;
      agent.destroy();
      return count;
    },
  };
}

function exchange(agent: Agent, authorization: string, method: string, url: string, content?: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const headers = { authorization, ...(content && { "content-type": "application/json" }) };
  const sent = request(url, { agent, method, headers }, (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
    });
    response.once("end", () => resolve(text));
  });
  sent.once("error", reject);
  sent.end(content);
  return promise;
}

function percentile(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}
