import type { Answer } from "./answer.ts";

/** Says which answer a request gets; `undefined` leaves the choice to the mock. */
export type ChooseAnswer = (request: Request) => Answer | undefined;

// Kept from the start, so that a test may put a mock's fetch in the place of the global one.
const platformFetch = globalThis.fetch;

/**
 * A `fetch` that sends every request to the mock at `origin`, whatever host it was for, and follows no redirect: an example
 * may name the live service.
 */
export function mockFetch(
  origin: string,
  choose: ChooseAnswer,
  prefer: (answer: Answer) => Record<string, string>,
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const answer = choose(request);
    const { pathname, search } = new URL(request.url);
    const toMock = new Request(new URL(pathname + search, origin), request);
    for (const [name, value] of Object.entries(answer ? prefer(answer) : {})) toMock.headers.set(name, value);
    return platformFetch(toMock, { redirect: "manual" });
  };
}
