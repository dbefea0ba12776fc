import { type Answer, preferHeader } from "./answer.ts";
import { MockError } from "./mock-error.ts";
import { type ChooseAnswer, mockFetch } from "./mock-fetch.ts";
import type { OpenApiDocument } from "./prism-messages.ts";
import { startPrism } from "./prism-thread.ts";

export interface MockOptions {
  /**
   * Port on the loopback interface.
   *
   * @default 0, which selects a free port
   */
  port?: number;
  /**
   * OpenAPI document to mock: the path of its file, or the parsed document as plain JSON values.
   *
   * @default the contract of the Memory API
   */
  document?: string | OpenApiDocument;
  /**
   * Called with each line of Prism's log: requests, and the reasons for rejections.
   *
   * @default no log
   */
  log?: (line: string) => void;
}

/** A running mock. */
export interface Mock {
  /** Base URL, such as `http://127.0.0.1:41234`, without a trailing slash. */
  readonly url: string;
  /**
   * Returns the header that selects a response, for a request that you send yourself. For `{}`, it returns no header, so
   * that the mock sends its default response.
   *
   * @throws {MockError} `ANSWER_UNKNOWN` if no operation has such a status or example
   * @example
   * await fetch(`${mock.url}/v1/Stores/${storeId}/Profiles/${profileId}`, {
   *   headers: { Authorization: authorization, ...mock.prefer({ status: 404, example: "profileNotFound" }) },
   * });
   */
  prefer(answer: Answer): Record<string, string>;
  /**
   * Returns a `fetch` to pass to a client. It sends every request to this mock, regardless of the host, and follows no
   * redirects. An upload URL or a redirect in an example therefore never leads a test to the live service.
   *
   * A selected response replaces the `Prefer` header of the request. Without a selection, the header is sent unchanged.
   *
   * @param answer the response to every request, or a function that selects it for each request
   * @returns a function that rejects with {@link MockError} `ANSWER_UNKNOWN` if `answer` is a function that selects an unknown response
   * @throws {MockError} `ANSWER_UNKNOWN` if no operation has such a status or example
   * @example
   * // The first attempt receives a 429, the second one succeeds.
   * let attempts = 0;
   * const fetch = mock.fetch(() => (attempts++ === 0 ? { status: 429 } : undefined));
   */
  fetch(answer?: Answer | ChooseAnswer): typeof fetch;
  /** Releases the port, the connections and the memory. Further calls have no effect. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a mock of the Memory API: Prism, which responds with the examples of the contract. It rejects requests that
 * violate the contract and keeps no state. The mock keeps the process alive until you stop it, and ends with the process.
 *
 * @returns the mock, as soon as it listens
 * @throws {MockError} `OPTION_INVALID`, `PORT_UNAVAILABLE` or `DOCUMENT_UNREADABLE`
 * @example
 * const mock = await startMock();
 * const response = await mock.fetch({ status: 503 })(`${mock.url}/v1/Stores/mem_store_00000000000000000000000000/Profiles`, {
 *   headers: { Authorization: `Basic ${btoa("demo-key:demo-secret")}` },
 * });
 * await mock.stop();
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 0, document, log } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw invalidPort(port);
  if (log !== undefined && typeof log !== "function") throw invalidLog(log);
  const { url, answers, stop } = await startPrism({ port, document, log: log !== undefined }, log);
  const prefer = (answer: Answer) => preferHeader(answer, answers);
  const preferred = (answer: Answer | undefined) => (answer === undefined ? {} : prefer(answer));
  return {
    url,
    prefer,
    fetch(answer) {
      if (typeof answer === "function") return mockFetch(url, (request) => preferred(answer(request)));
      const headers = preferred(answer);
      return mockFetch(url, () => headers);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function invalidPort(port: unknown): MockError {
  // Only a number is shown: a string from the environment may be a URL with a password.
  const received = typeof port === "number" ? port : `a value of type ${typeof port}`;
  return new MockError("OPTION_INVALID", `The port option must be an integer from 0 to 65535. Received ${received}.`);
}

function invalidLog(log: unknown): MockError {
  return new MockError("OPTION_INVALID", `The log option must be a function. Received a value of type ${typeof log}.`);
}
