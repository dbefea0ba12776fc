import { createConnection } from "../../../src/connection/connection.ts";
import type { Fetch } from "../../../src/transports/fetch.ts";

/** A request that waits for its answer. */
interface HeldRequest {
  readonly body: string;
  readonly isAborted: () => boolean;
  /** With an acceptance, unless another status and body are given. */
  answer(status?: number, body?: unknown): void;
  answerText(status: number, text: string): void;
}

/** A connection without a network: each request is held until it is answered, or accepted at once after `open`. */
export function heldRequests() {
  const requests: HeldRequest[] = [];
  let underWay = 0;
  let mostAtOnce = 0;
  let isOpen = false;
  const fetch: Fetch = (_, { body, signal }) =>
    new Promise((resolve, reject) => {
      mostAtOnce = Math.max(mostAtOnce, ++underWay);
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      const answerText = (status: number, text: string) => {
        underWay--;
        resolve({ status, ok: status < 300, headers: { get: () => null }, text: async () => text });
      };
      const request: HeldRequest = {
        body: String(body),
        isAborted: () => signal.aborted,
        answer: (status = 202, given = { message: "ok" }) => answerText(status, JSON.stringify(given)),
        answerText,
      };
      requests.push(request);
      if (isOpen) request.answer();
    });
  return {
    connection: createConnection({ credentials: { apiKey: "key", apiSecret: "secret" }, fetch, retry: false }),
    requests,
    mostAtOnce: () => mostAtOnce,
    open() {
      isOpen = true;
      for (const { answer } of requests) answer();
    },
  };
}
