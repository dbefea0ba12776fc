import { type Answer, preferHeader } from "./answer.ts";
import { type ChooseAnswer, mockFetch } from "./mock-fetch.ts";
import type { OpenApiDocument } from "./prism-messages.ts";
import { startPrism } from "./prism-thread.ts";

export interface MockOptions {
  /**
   * Port on the loopback interface.
   *
   * @default 0, a free one
   */
  port?: number;
  /**
   * Another OpenAPI document, parsed or as the path of its file.
   *
   * @default the bundle of the contract
   */
  document?: string | OpenApiDocument;
  /**
   * Is given each line of Prism's log: the requests, and why one was refused.
   *
   * @default nothing is logged
   */
  log?: (line: string) => void;
}

/** A running mock. */
export interface Mock {
  /** Where it listens, such as `http://127.0.0.1:41234`, without a slash at the end. */
  readonly url: string;
  /**
   * Header that chooses an answer, to be sent with a request; none for `{}`, which leaves the choice to the mock.
   *
   * @throws {MockError} `ANSWER_UNKNOWN` if no operation has such a status or example
   * @example
   * await fetch(`${mock.url}/v1/Stores/${storeId}/Profiles/${profileId}`, {
   *   headers: { Authorization: authorization, ...mock.prefer({ status: 404, example: "profileNotFound" }) },
   * });
   */
  prefer(answer: Answer): Record<string, string>;
  /**
   * A `fetch` to hand to a client. All that it sends goes to this mock, whatever the host, so that an upload URL or a
   * redirect in an answer never leads a test to the live service; redirects are not followed.
   *
   * @param answer the answer to every request, or a function that says it for each
   * @returns a function that rejects with {@link MockError} `ANSWER_UNKNOWN` as {@link Mock.prefer} throws it
   * @example
   * // The first attempt is refused, the second one is not.
   * let attempts = 0;
   * const fetch = mock.fetch(() => (attempts++ === 0 ? { status: 429 } : undefined));
   */
  fetch(answer?: Answer | ChooseAnswer): typeof fetch;
  /** Frees the port, connections and memory. May be called again. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a mock of the Memory API: Prism, with the examples of the contract as its answers. It refuses a request that breaks
 * the contract and keeps no state. It keeps the process alive until it is stopped, and never outlives it.
 *
 * @returns the mock, once it listens
 * @throws {MockError} `PORT_UNAVAILABLE` or `DOCUMENT_UNREADABLE`
 * @example
 * const mock = await startMock();
 * const response = await mock.fetch({ status: 503 })(`${mock.url}/v1/Stores/mem_store_00000000000000000000000000/Profiles`, {
 *   headers: { Authorization: `Basic ${btoa("demo-key:demo-secret")}` },
 * });
 * await mock.stop();
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 0, document, log } = options;
  const { url, answers, stop } = await startPrism({ port, document, log: log !== undefined }, log);
  const prefer = (answer: Answer) => preferHeader(answer, answers);
  return {
    url,
    prefer,
    fetch: (answer) => mockFetch(url, typeof answer === "function" ? answer : () => answer, prefer),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
