import { fileURLToPath } from "node:url";
import { type RunningServer, runServer } from "../src/server/run-server.ts";

const site = fileURLToPath(new URL("../dist", import.meta.url));

/** Starts a server as `pnpm start` does: as a sandbox that serves the built site. */
export function serveSandbox(): Promise<RunningServer> {
  return runServer("--sandbox", "--docs", site);
}
