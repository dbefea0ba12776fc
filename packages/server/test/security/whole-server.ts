import { onTestFinished } from "vitest";
import type { Settings } from "../../src/configuration/settings.ts";
import type { RunningServer } from "../../src/process/run-server.ts";
import { startServer } from "../../src/process/start-server.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { type ApiResponse, type Request, sendRequest } from "../support/send-request.ts";
import { settingsForTests } from "../support/settings-for-tests.ts";

/** A complete server: threads, files, background work, log. */
export interface WholeServer extends RunningServer {
  /** The lines that it has logged so far, at level `debug`. */
  readonly log: readonly string[];
  readonly settings: Settings;
  /** Sends the request and checks the response against the contract. */
  send(request: Request): Promise<ApiResponse>;
}

/** Starts a server for the calling test, by default with its own data folder, and stops it after the test. */
export async function startWholeServer(changes: Partial<Settings> = {}): Promise<WholeServer> {
  const settings: Settings = {
    ...settingsForTests,
    imports: { leaseMs: 60_000, pollMs: 1000 },
    timeouts: { headersMs: 60_000, bodyMs: 60_000, idleMs: 60_000, unreadyMs: 0, drainMs: 100 },
    logLevel: "debug",
    ...changes,
    dataFolder: changes.dataFolder ?? (await temporaryFolder()),
  };
  const log: string[] = [];
  const server = await startServer(settings, { write: (line) => void log.push(line) });
  onTestFinished(() => server.close());
  return { ...server, log, settings, send: (request) => sendRequest(server.url, request) };
}
