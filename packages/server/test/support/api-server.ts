import { randomFillSync, randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import { onTestFinished } from "vitest";
import { configuredStores } from "../../src/configuration/configured-stores.ts";
import type { Settings } from "../../src/configuration/settings.ts";
import { createAcceptance } from "../../src/domain/commands/accepted-at.ts";
import { createIdSource } from "../../src/domain/commands/type-id.ts";
import { type AppDependencies, createApp } from "../../src/http/app.ts";
import { Readiness } from "../../src/observation/readiness.ts";
import { openMemory } from "../../src/storage/sqlite/open-sqlite.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { UploadMemory } from "../../src/storage/uploads/upload-memory.ts";
import { type ApiResponse, type Request, sendRequest } from "./send-request.ts";
import { settingsForTests } from "./settings-for-tests.ts";

/** The API on its own port, with data in memory. Imports are never processed. */
export interface ApiServer {
  /** Milliseconds since 1970. The clock is frozen. */
  time: number;
  /** Makes every call of the storage reject with this error. */
  failure: Error | undefined;
  readonly app: FastifyInstance;
  readonly url: string;
  /** Sends the request and checks the response against the contract. */
  send(request: Request): Promise<ApiResponse>;
}

/** Starts a server for the calling test, with these plugins and deprecated operations, and stops it after the test. */
export async function startApi(
  changes: Partial<Settings> = {},
  plugins: readonly FastifyPluginAsync[] = [],
  deprecationHeaders?: AppDependencies["deprecationHeaders"],
): Promise<ApiServer> {
  const settings = { ...settingsForTests, ...changes };
  const clock = { now: () => api.time };
  const opened = openMemory();
  const storage = failing(opened, () => api.failure);
  const readiness = new Readiness(() => storage.probe());
  const { app } = createApp({
    settings,
    stores: configuredStores(settings.stores),
    storage,
    uploads: new UploadMemory(),
    clock,
    ids: createIdSource(clock.now, (bytes) => randomFillSync(bytes)),
    accept: createAcceptance(clock.now),
    imports: { wake() {} },
    readiness,
    requestId: randomUUID,
    plugins,
    deprecationHeaders,
  });
  const api: ApiServer = {
    time: Date.parse("2026-03-10T10:00:00Z"),
    failure: undefined,
    app,
    url: await app.listen(settings),
    send: (request) => sendRequest(api.url, request),
  };
  onTestFinished(async () => {
    readiness.stop();
    await app.close();
    await opened.close();
  });
  return api;
}

/** The storage, except that its asynchronous methods reject while there is a failure. */
function failing(storage: Storage, failureOf: () => Error | undefined): Storage {
  return new Proxy(storage, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (name === "reserve" || name === "backlog") return method;
      return (...given: unknown[]) => {
        const failure = failureOf();
        if (failure) return Promise.reject(failure);
        return typeof method === "function" ? method.apply(target, given) : undefined;
      };
    },
  });
}
