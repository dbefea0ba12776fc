import type { Fetch } from "./fetch.ts";

/** The `fetch` that the platform has at the time of the call, so that a replacement takes effect. */
export const webFetch: Fetch = (url, init) =>
  // With its own credentials, a browser asks the user for a password after a 401.
  globalThis.fetch(url, { ...init, credentials: "omit" });
