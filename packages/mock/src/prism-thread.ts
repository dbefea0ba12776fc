import { once } from "node:events";
import { URL } from "node:url";
import { Worker } from "node:worker_threads";
import type { KnownAnswers } from "./answer.ts";
import { MockError } from "./mock-error.ts";
import type { PrismFailure, PrismOptions, PrismStart } from "./prism-messages.ts";

// Two URLs, because the compiler rewrites the extension in an import, but not in a URL.
const WORKER = import.meta.url.endsWith(".ts")
  ? new URL("./prism-worker.ts", import.meta.url)
  : new URL("./prism-worker.js", import.meta.url);

const DOCUMENT_ADVICE = "Pass the path of an OpenAPI file, or the parsed document as plain JSON values.";

export interface PrismThread {
  url: string;
  answers: KnownAnswers;
  stop(): Promise<void>;
}

/**
 * Starts Prism in its own thread. Resolves as soon as Prism listens.
 *
 * @throws {MockError} `PORT_UNAVAILABLE` or `DOCUMENT_UNREADABLE`
 */
export async function startPrism(options: PrismOptions, log?: (line: string) => void): Promise<PrismThread> {
  const thread = startThread(options);
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

function startThread(options: PrismOptions): Worker {
  try {
    return new Worker(WORKER, { workerData: options, execArgv: [], stdout: true, stderr: true });
  } catch (error) {
    if (Object(error).name !== "DataCloneError") throw error;
    // Only the cause contains Node's reason, because it quotes the whole source text of a function.
    throw new MockError(
      "DOCUMENT_UNREADABLE",
      `Cannot copy the document into the mock's thread, because it contains a function or another value that is not JSON. ${DOCUMENT_ADVICE}`,
      { cause: error },
    );
  }
}

function explain({ failure, reason }: PrismFailure, { port }: PrismOptions): string {
  return failure === "PORT_UNAVAILABLE"
    ? `Cannot listen on port ${port} (${reason}). Stop the process that uses it or choose another port; 0 selects a free one.`
    : `Cannot create a mock from the document (${reason}). ${DOCUMENT_ADVICE}`;
}
