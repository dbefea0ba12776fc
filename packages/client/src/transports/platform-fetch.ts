import type { Fetch } from "./fetch.ts";
import { nodeHttp } from "./node-http.ts";

/**
 * The transport of whoever gives none: the platform's `fetch`, as it is at that moment, so that whoever replaces it is heard.
 *
 * Of Node.js that takes more time for a call than all else together. A call goes by `node:http` there, unless somebody has replaced
 * `fetch`, or what it sends by.
 */
export const platformFetch: Fetch = (url, init) =>
  typeof init.body !== "object" && isOfNode()
    ? nodeHttp(url, init)
    : // At a 401 a browser asks people for a password, unless the credentials that it keeps are left out.
      globalThis.fetch(url, { ...init, credentials: "omit" });

/** Whether `fetch` is the one that Node.js came with, and sends as Node.js has it. */
function isOfNode(): boolean {
  const sendsBy = (version: number) => Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${version}`));
  return String(globalThis.fetch).includes("internal/deps/undici") && [1, 2].map(sendsBy).every(isDefault);
}

/** Whether a dispatcher is as Node.js or the package `undici` makes it when first used: nothing in its way, no option set, no limit. */
function isDefault(dispatcher: object | undefined): boolean {
  if (dispatcher === undefined) return true;
  const { name } = dispatcher.constructor;
  // It stands in for another one that is looked at, too.
  if (name === "Dispatcher1Wrapper") return true;
  const options = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === "options");
  return (
    name === "Agent" &&
    Object.getPrototypeOf(dispatcher).dispatch === Reflect.get(dispatcher, "dispatch") &&
    options !== undefined &&
    Object.values(Reflect.get(dispatcher, options)).every((value) => value === undefined || value === Infinity)
  );
}
