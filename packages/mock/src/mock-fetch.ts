import type { Answer } from "./answer.ts";

/** Selects the response to a request. If it returns `undefined`, the request is sent unchanged. */
export type ChooseAnswer = (request: Request) => Answer | undefined;

// Captured on import, because a test may replace the global fetch with that of a mock.
const platformFetch = globalThis.fetch;

/**
 * Returns a `fetch` that sends every request to the mock at `origin`, regardless of its host. It follows no redirects,
 * because an example may contain a URL of the live service.
 *
 * @param preferHeaders returns the headers that select the response to a request, or none
 */
export function mockFetch(origin: string, preferHeaders: (request: Request) => Record<string, string>): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const headers = preferHeaders(request);
    // Resolving the path against the origin would read a path such as //host/v1 as another host.
    const { pathname, search } = new URL(request.url);
    const toMock = new Request(Object.assign(new URL(origin), { pathname, search }), request);
    for (const [name, value] of Object.entries(headers)) toMock.headers.set(name, value);
    return platformFetch(toMock, { redirect: "manual" });
  };
}
