import { createServer, type RequestListener } from "node:http";
import { onTestFinished } from "vitest";

/** Starts a server that closes when the test ends, and returns its URL. */
export async function serverThat(respond: RequestListener): Promise<string> {
  const server = createServer(respond);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close().closeAllConnections());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
