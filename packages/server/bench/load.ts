import autocannon from "autocannon";
import { AUTHORIZATION } from "./settings.ts";

export interface Load {
  readonly url: string;
  readonly method: "GET" | "POST" | "PUT";
  /** Makes the body of each request, one after the other. */
  readonly nextBody?: () => string;
  /** Makes the path of each request; without it that of the URL. */
  readonly nextPath?: () => string;
  /** @default 64 */
  readonly connections?: number;
  /** Seconds. */
  readonly seconds: number;
}

/**
 * Requests without a pause on each connection.
 *
 * @returns answers a second, and their 99th percentile in milliseconds
 * @throws {Error} if an answer was no 2xx
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
    throw new Error(`${result.non2xx + result.errors} answers of ${url} were no 2xx.`);
  return { rate: result["2xx"] / result.duration, p99: result.latency.p99 };
}
