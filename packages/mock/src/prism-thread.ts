import { once } from "node:events";
import { URL } from "node:url";
import { Worker } from "node:worker_threads";
import type { KnownAnswers } from "./answer.ts";
import { MockError } from "./mock-error.ts";
import type { PrismFailure, PrismOptions, PrismStart } from "./prism-messages.ts";

// Written out twice: the compiler rewrites the extension in an import, but not in a URL.
const WORKER = import.meta.url.endsWith(".ts")
  ? new URL("./prism-worker.ts", import.meta.url)
  : new URL("./prism-worker.js", import.meta.url);

export interface PrismThread {
  url: string;
  answers: KnownAnswers;
  stop(): Promise<void>;
}

/**
 * Runs Prism in a thread of its own.
 *
 * @returns once it listens
 * @throws {MockError} `PORT_UNAVAILABLE` or `DOCUMENT_UNREADABLE`
 */
export async function startPrism(options: PrismOptions, log?: (line: string) => void): Promise<PrismThread> {
  const thread = new Worker(WORKER, { workerData: options, execArgv: [], stdout: true, stderr: true });
  thread.stdout.resume();
  thread.stderr.resume();
  const stop = async () => {
    await thread.terminate();
  };

  const start: PrismStart = (await once(thread, "message"))[0];
  if ("failure" in start) {
    await stop();
    throw new MockError(start.failure, explain(start, options));
  }
  thread.on("message", (line: string) => log?.(line));
  return { ...start, stop };
}

function explain({ failure, reason }: PrismFailure, { port }: PrismOptions): string {
  return failure === "PORT_UNAVAILABLE"
    ? `Cannot listen on port ${port} (${reason}). Stop what uses it or choose another; port 0 takes a free one.`
    : `Cannot make a mock of the document (${reason}). Give the path of an OpenAPI file, or the parsed document.`;
}
