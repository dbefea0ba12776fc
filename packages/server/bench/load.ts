import autocannon from "autocannon";
import { AUTHORIZATION } from "./settings.ts";

export interface Load {
  readonly url: string;
  readonly method: "GET" | "POST" | "PUT";
  /** Returns the body of the next request. */
  readonly nextBody?: () => string;
  /** Returns the path of the next request; by default, the path of the URL. */
  readonly nextPath?: () => string;
  /** @default 64 */
  readonly connections?: number;
  /** Seconds. */
  readonly seconds: number;
}

/**
 * Sends requests without a pause on each connection.
 *
 * @returns responses per second, and their 99th percentile latency in milliseconds
 * @throws {Error} if a response is not 2xx
 */
export async function run({
  url,
  method,
  nextBody,
  nextPath,
  connections = 64,
  seconds,
}: Load): Promise<{ rate: number; p99: number }> {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    headers: { authorization: AUTHORIZATION, "content-type": "application/json" },
    requests: [
      {
        method,
        setupRequest: (request) => ({
          ...request,
          ...(nextBody && { body: nextBody() }),
          ...(nextPath && { path: nextPath() }),
        }),
      },
    ],
  });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} responses of ${url} were not 2xx.`);
  return { rate: result["2xx"] / result.duration, p99: result.latency.p99 };
}
