import { once } from "node:events";
import { createServer } from "node:net";
import type { TestProject } from "vitest/node";
import { type PostgresServer, startServer } from "./postgres-for-tests.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Port on which the URL of the shared PostgreSQL is sent to each connection. */
    sharedPostgresPort: number;
  }
}

/** Runs one PostgreSQL for all files of a test run. It starts when a file first needs it, so other tests do not wait for it. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<PostgresServer> | undefined;
  const broker = createServer(async (socket) => {
    postgres ??= startServer();
    try {
      socket.end((await postgres).url);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : undefined);
    }
  }).listen(0, "127.0.0.1");
  await once(broker, "listening");
  const address = broker.address();
  if (typeof address === "object" && address !== null) provide("sharedPostgresPort", address.port);
  return async () => {
    broker.close();
    await (await postgres?.catch(() => undefined))?.stop();
  };
}
