import type { FetchInit } from "../../src/transports/fetch.ts";

/** What a transport is told, a GET without anything unless it is said otherwise. */
export const init = (given: Partial<FetchInit> = {}): FetchInit => ({
  ...{ method: "GET", headers: {}, redirect: "manual", signal: new AbortController().signal },
  ...given,
});
