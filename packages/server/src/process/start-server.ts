import type { DestinationStream } from "pino";
import type { Settings } from "../configuration/settings.ts";
import { openStorage } from "./open-storage.ts";
import type { RunningServer } from "./run-server.ts";

/**
 * Starts a server and returns once it listens.
 *
 * @param log receives the log lines; by default, standard output does
 * @throws {StorageUnavailableError} if the storage cannot be opened or written
 */
export async function startServer(settings: Settings, log?: DestinationStream): Promise<RunningServer> {
  // The database thread starts while the other modules load.
  const [opened, { runServer }] = await Promise.all([openStorage(settings), import("./run-server.ts")]);
  return runServer(settings, opened, log);
}
