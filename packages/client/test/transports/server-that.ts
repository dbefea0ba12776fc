import { createServer, type RequestListener } from "node:http";
import { onTestFinished } from "vitest";

/** A server that answers as the test says, gone at its end. */
export async function serverThat(answer: RequestListener): Promise<string> {
  const own = createServer(answer);
  await new Promise<void>((listening) => own.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void own.close().closeAllConnections());
  const address = own.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
