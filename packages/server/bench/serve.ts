// A server in a process of its own. Says its URL to whoever started it: `node serve.ts <database | nothing> <data folder>`.
import { randomUUID } from "node:crypto";
import { createApp } from "../src/app.ts";
import { boundYoungGeneration } from "../src/bound-young-generation.ts";
import { Readiness } from "../src/readiness.ts";
import { startServer } from "../src/server.ts";
import type { Storage } from "../src/storage/storage.ts";
import { benchSettings } from "./settings.ts";

const [, , kind = "", folder = "", databaseUrl] = process.argv;
boundYoungGeneration();
const settings = benchSettings(folder, databaseUrl);
process.send?.(kind === "nothing" ? await serveNothing() : (await startServer(settings)).url);
process.once("disconnect", () => process.exit());

/** The same application on a storage that keeps nothing and answers at once. */
async function serveNothing(): Promise<string> {
  const view = {
    kind: "live",
    createdAt: 0,
    traits: new Map([["Contact", new Map([["email", "a@example.com"]])]]),
  } as const;
  const nothing = {
    apply: async () => [{ kind: "applied", id: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv" }],
    fetchProfile: async () => view,
    probe: async () => {},
  } as unknown as Storage;
  const { app } = createApp({
    settings,
    storage: nothing,
    uploads: { save: async () => "", async *read() {}, remove: async () => {} },
    clock: { now: Date.now },
    ids: { next: (prefix) => `${prefix}_01kjpx9gbsf34a7d8j2y8hjkqv` },
    accept: () => Date.now() * 1000,
    imports: { wake() {} },
    readiness: new Readiness(nothing),
    requestId: randomUUID,
  });
  return app.listen({ host: settings.host, port: 0 });
}
