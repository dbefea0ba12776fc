import { createConnection } from "../../../src/connection/connection.ts";
import type { Fetch } from "../../../src/transports/fetch.ts";

/** A request that is waiting for its response. */
interface HeldRequest {
  readonly body: string;
  readonly isAborted: () => boolean;
  /** Accepts the request, unless another status and body are given. */
  respond(status?: number, body?: unknown): void;
  respondWithText(status: number, text: string): void;
}

/** A connection without a network. It holds each request until the test responds, or accepts all requests after `open`. */
export function heldRequests() {
  const requests: HeldRequest[] = [];
  let inFlight = 0;
  let maxInFlight = 0;
  let isOpen = false;
  const fetch: Fetch = (_, { body, signal }) =>
    new Promise((resolve, reject) => {
      maxInFlight = Math.max(maxInFlight, ++inFlight);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      const respondWithText = (status: number, text: string) => {
        inFlight--;
        resolve({ status, ok: status < 300, headers: { get: () => null }, text: async () => text });
      };
      const request: HeldRequest = {
        body: String(body),
        isAborted: () => signal.aborted,
        respond: (status = 202, body = { message: "ok" }) => respondWithText(status, JSON.stringify(body)),
        respondWithText,
      };
      requests.push(request);
      if (isOpen) request.respond();
    });
  return {
    connection: createConnection({ credentials: { apiKey: "key", apiSecret: "secret" }, fetch, retry: false }),
    requests,
    maxInFlight: () => maxInFlight,
    open() {
      isOpen = true;
      for (const { respond } of requests) respond();
    },
  };
}
