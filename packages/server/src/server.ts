import type { DestinationStream } from "pino";
import type { Settings } from "./configuration/settings.ts";
import { openStorage } from "./open-storage.ts";

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:4010`, without a slash at the end. */
  readonly url: string;
  /** Answers what is under way, lets go of imports, closes the storage. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts a server and returns once it answers.
 *
 * @param log where log lines go
 * @throws {StorageUnavailableError} if the storage cannot be opened
 */
export async function startServer(settings: Settings, log?: DestinationStream): Promise<RunningServer> {
  // The thread of the database starts while the rest is loaded.
  const [opened, { runServer }] = await Promise.all([openStorage(settings), import("./run-server.ts")]);
  return runServer(settings, opened, log);
}
