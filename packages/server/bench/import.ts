import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { type Child, startChild } from "./child.ts";
import { atLeast, atMost, type Measurement, perSecond } from "./figure.ts";
import { person } from "./people.ts";
import { AUTHORIZATION, STORE } from "./settings.ts";

const ROWS = 1_000_000;
const BULKS = 30;
const BATCH = 1000;
const COLUMNS = [
  "email",
  "phone",
  "firstName",
  "lastName",
  "street",
  "city",
  "state",
  "country",
  "postalCode",
  "preferredLanguage",
] as const;
/** Interval between health requests, in milliseconds. */
const PROBE_MS = 20;

/** Imports a file of a million rows on SQLite through the whole server, and compares it with bulk requests of the same people. */
export async function measureImport(): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), "memory-bench-"));
  const bulk = await bulkRate(join(folder, "bulk"));
  // A separate process, so that memory that the bulk run allocated is not counted.
  const server = await startChild("database", join(folder, "import"));
  try {
    const file = join(folder, "people.csv");
    const size = await writeFile(file);
    const { url, importId } = await createImport(server, size);
    const watched = watch(server);
    await upload(url, file, size);
    const start = performance.now();
    const { summary } = await untilEnded(server, importId);
    const rate = (ROWS * 1000) / (performance.now() - start);
    const { memory, p99 } = await watched.stop();
    if (summary.errors + summary.warnings > 0) throw new Error(`Rows failed: ${JSON.stringify(summary)}`);
    return {
      title: `Import of ${ROWS.toLocaleString("en")} rows, ${(size / 2 ** 20).toFixed(0)} MiB, SQLite`,
      figures: [
        atLeast("Rate, relative to bulk requests", rate / bulk, 0.95),
        atMost("Peak resident memory, MiB", memory, 300),
        atMost("Health requests during the import, 99th percentile, ms", p99, 50),
      ],
      notes: [`Profiles: ${perSecond(rate)} by import, ${perSecond(bulk)} by bulk requests`],
    };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

async function bulkRate(folder: string): Promise<number> {
  const server = await startChild("database", folder);
  const start = performance.now();
  for (let batch = 0; batch < BULKS; batch++) {
    const profiles = Array.from({ length: BATCH }, (_, at) => ({
      traits: { Contact: chosen(ROWS + batch * BATCH + at) },
    }));
    await call(`${server.url}/v1/Stores/${STORE}/Profiles/Bulk`, "PUT", { profiles });
  }
  const rate = (BULKS * BATCH * 1000) / (performance.now() - start);
  await server.stop();
  return rate;
}

function chosen(number: number): Record<string, string> {
  const traits = person(number);
  return Object.fromEntries(COLUMNS.map((name) => [name, traits[name] ?? ""]));
}

async function writeFile(file: string): Promise<number> {
  await pipeline(Readable.from(rows()), createWriteStream(file));
  return (await stat(file)).size;
}

function* rows(): Generator<string> {
  yield `${COLUMNS.join(",")}\n`;
  for (let from = 0; from < ROWS; from += BATCH) {
    yield Array.from({ length: BATCH }, (_, at) => `${Object.values(chosen(from + at)).join(",")}\n`).join("");
  }
}

async function createImport({ url }: Child, fileSize: number): Promise<{ url: string; importId: string }> {
  const columnMappings = COLUMNS.map((name) => ({ columnName: name, traitGroup: "Contact", traitName: name }));
  const created = await call(`${url}/v1/Stores/${STORE}/Profiles/Imports`, "POST", {
    filename: "people.csv",
    fileSize,
    columnMappings,
  });
  return Object(created);
}

function upload(url: string, file: string, size: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: "PUT", headers: { "content-type": "text/csv", "content-length": size } },
      (response) => {
        response.resume();
        if (response.statusCode === 200) resolve();
        else reject(new Error(`The upload returned ${response.statusCode}.`));
      },
    );
    sent.once("error", reject);
    createReadStream(file).pipe(sent);
  });
}

async function untilEnded(
  { url }: Child,
  importId: string,
): Promise<{ summary: { errors: number; warnings: number } }> {
  for (;;) {
    const found = Object(await call(`${url}/v1/Stores/${STORE}/Profiles/Imports/${importId}`, "GET"));
    if (found.status === "COMPLETED") return found;
    if (found.status === "FAILED") throw new Error("The import failed.");
    await setTimeout(100);
  }
}

/** Polls the health of a server and tracks its peak memory. */
function watch(server: Child) {
  const stop = new AbortController();
  const times: number[] = [];
  let memory = 0;
  const watching = (async () => {
    while (!stop.signal.aborted) {
      const start = performance.now();
      await (await fetch(`${server.url}/health/live`)).arrayBuffer();
      times.push(performance.now() - start);
      memory = Math.max(memory, server.memory());
      await setTimeout(PROBE_MS);
    }
  })();
  return {
    async stop() {
      stop.abort();
      await watching;
      const sorted = times.toSorted((one, other) => one - other);
      return { memory, p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN };
    },
  };
}

async function call(url: string, method: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { authorization: AUTHORIZATION, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${url} returned ${response.status}: ${await response.text()}`);
  return response.json();
}
