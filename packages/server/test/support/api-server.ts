import { randomFillSync, randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { onTestFinished } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Settings } from "../../src/configuration/settings.ts";
import { createAcceptance } from "../../src/domain/accepted-at.ts";
import { createIdSource } from "../../src/domain/type-id.ts";
import { UploadMemory } from "../../src/imports/upload-memory.ts";
import { Readiness } from "../../src/readiness.ts";
import { openMemory } from "../../src/storage/sqlite/open-sqlite.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { type Answer, type Request, sendRequest } from "./send-request.ts";
import { settingsForTests } from "./settings-for-tests.ts";

/** The API on a port of its own, with its data in memory. Its imports are never processed. */
export interface ApiServer {
  /** Milliseconds since 1970; stands still. */
  time: number;
  /** What every call of the storage fails with from now on. */
  failure: Error | undefined;
  readonly app: FastifyInstance;
  readonly url: string;
  /** Sends the request and holds the answer against the contract. */
  send(request: Request): Promise<Answer>;
}

/** Starts one for the test that calls, and stops it after that. */
export async function startApi(changes: Partial<Settings> = {}): Promise<ApiServer> {
  const settings = { ...settingsForTests, ...changes };
  const clock = { now: () => api.time };
  const opened = openMemory(new Map([...settings.stores].map(([id, { rules }]) => [id, rules])));
  const storage = failing(opened, () => api.failure);
  const readiness = new Readiness(storage);
  const { app } = createApp({
    settings,
    storage,
    uploads: new UploadMemory(),
    clock,
    ids: createIdSource(clock.now, (bytes) => randomFillSync(bytes)),
    accept: createAcceptance(clock.now),
    imports: { wake() {} },
    readiness,
    requestId: randomUUID,
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

/** The storage, but for the calls that are made while there is a failure. */
function failing(storage: Storage, failureOf: () => Error | undefined): Storage {
  return new Proxy(storage, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      return (...given: unknown[]) => {
        const failure = failureOf();
        if (failure) return Promise.reject(failure);
        return typeof method === "function" ? method.apply(target, given) : undefined;
      };
    },
  });
}
