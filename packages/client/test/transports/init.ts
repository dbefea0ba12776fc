import type { FetchInit } from "../../src/transports/fetch.ts";

/** Returns the second argument of a transport: by default, a GET without headers or a body. */
export const init = (given: Partial<FetchInit> = {}): FetchInit => ({
  ...{ method: "GET", headers: {}, redirect: "manual", signal: new AbortController().signal },
  ...given,
});
