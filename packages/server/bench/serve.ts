// A server in a separate process, which sends its URL to its parent: `node serve.ts <database | nothing | bare> …`.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { pino } from "pino";
import { configuredStores } from "../src/configuration/configured-stores.ts";
import { createApp } from "../src/http/app.ts";
import { createLogger } from "../src/observation/create-logger.ts";
import { Metrics } from "../src/observation/metrics.ts";
import { Readiness } from "../src/observation/readiness.ts";
import { boundYoungGeneration } from "../src/process/bound-young-generation.ts";
import { startServer } from "../src/process/start-server.ts";
import type { Storage } from "../src/storage/storage.ts";
import { UploadMemory } from "../src/storage/uploads/upload-memory.ts";
import { benchSettings } from "./settings.ts";

const [, , kind = "", ...parameters] = process.argv;
const [folder = "", databaseUrl] = parameters;
boundYoungGeneration();
const settings = benchSettings(folder, databaseUrl || undefined);
const log = pino.destination("/dev/null");
const SERVERS: Record<string, () => Promise<string>> = {
  database: async () => (await startServer(settings, log)).url,
  nothing: serveNothing,
  bare: serveBytes,
};
process.send?.(await SERVERS[kind]?.());
process.once("disconnect", () => process.exit());

/** Sends the same bytes for every request, using only `node:http`. The parameters are the headers as JSON, and the body. */
async function serveBytes(): Promise<string> {
  const [headers = "{}", body = ""] = parameters;
  const fields = JSON.parse(headers);
  const server = createServer((_request, response) => response.writeHead(200, fields).end(body)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${Object(server.address()).port}`;
}

/** The same application, with its log, metrics and limits, on a storage that stores nothing and returns at once. */
async function serveNothing(): Promise<string> {
  const view = {
    kind: "live",
    createdAt: 0,
    traits: { Contact: { email: "a@example.com" } },
  } as const;
  const nothing = {
    apply: async () => [{ kind: "applied", id: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv" }],
    fetchProfile: async () => view,
    reserve: () => ({ add() {}, release() {} }),
    backlog: () => ({ commands: 0, bytes: 0, oldestMs: 0 }),
  } as unknown as Storage;
  const readiness = new Readiness(async () => []);
  const { app } = createApp({
    settings,
    storage: nothing,
    stores: configuredStores(settings.stores),
    uploads: new UploadMemory(),
    clock: { now: Date.now },
    ids: { next: (prefix) => `${prefix}_01kjpx9gbsf34a7d8j2y8hjkqv` },
    accept: () => Date.now() * 1000,
    imports: { wake() {} },
    readiness,
    metrics: new Metrics({ settings, readiness, backlog: nothing.backlog }),
    logger: createLogger(settings, log),
    requestId: randomUUID,
  });
  return app.listen({ host: settings.host, port: 0 });
}
