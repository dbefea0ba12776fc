import { openapi } from "@memory-api/spec";
import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import type { KnownAnswers } from "./answer.ts";
import type { PrismOptions, PrismStart } from "./prism-messages.ts";
import { readableLine } from "./readable-line.ts";

type Operations = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>;

/**
 * Starts Prism in this thread, on the loopback interface.
 *
 * @returns a failure instead of throwing an error, because the result is posted to the main thread
 */
export async function servePrism(options: PrismOptions, write: (line: string) => void): Promise<PrismStart> {
  let operations: Operations;
  try {
    operations = await getHttpOperationsFromSpec(options.document ?? openapi);
  } catch (error) {
    return { failure: "DOCUMENT_UNREADABLE", reason: reasonOf(error) };
  }

  const destination = { write: (line: string) => write(readableLine(line)) };
  const server = createServer(operations, {
    cors: true,
    config: {
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      // Reject an example that violates the contract. Prism rejects an invalid request regardless of these two options.
      validateResponse: true,
      errors: true,
      upstreamProxy: undefined,
      mock: { dynamic: false, ignoreExamples: false },
    },
    components: { logger: createLogger("mock", { level: options.log ? "info" : "silent" }, destination) },
  });
  try {
    return { url: await server.listen(options.port, "127.0.0.1"), answers: answersOf(operations) };
  } catch (error) {
    return { failure: "PORT_UNAVAILABLE", reason: reasonOf(error) };
  }
}

function answersOf(operations: Operations): KnownAnswers {
  const answers: Record<string, string[]> = {};
  for (const { code, contents } of operations.flatMap(({ responses }) => responses)) {
    const names = (contents ?? []).flatMap(({ examples }) => (examples ?? []).map(({ key }) => key));
    answers[code] = [...new Set([...(answers[code] ?? []), ...names])];
  }
  return answers;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
}
