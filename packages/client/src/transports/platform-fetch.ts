import type { Fetch } from "./fetch.ts";
import { nodeHttp } from "./node-http.ts";

/**
 * The transport of whoever gives none: the platform's `fetch`, as it is at that moment, so that whoever replaces it is heard.
 *
 * That of Node.js takes more time for a call than all else together. A call goes by `node:http` there, unless somebody has replaced
 * `fetch`, or what it sends by.
 */
export const platformFetch: Fetch = (url, init) =>
  typeof init.body !== "object" && isOfNode() && "getBuiltinModule" in process
    ? nodeHttp(url, init)
    : // At a 401 a browser asks people for a password, unless the credentials that it keeps are left out.
      globalThis.fetch(url, { ...init, credentials: "omit" });

/** Whether `fetch` is the one that Node.js came with, and sends as Node.js has it. */
function isOfNode(): boolean {
  const { fetch } = globalThis;
  // Not an instance of it in a realm of its own, where nobody can tell what the outer one sends by.
  return fetch instanceof Function && String(fetch).includes("internal/deps/undici") && [1, 2].every(isDefault);
}

/** Whether the dispatcher in one of undici's two places is as it is put there at first: nothing composed, no option set, no limit. */
function isDefault(place: number): boolean {
  const given: unknown = Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${place}`));
  if (given === undefined) return true;
  const dispatcher = Object(given);
  const { constructor: kind, dispatch } = dispatcher;
  if (kind?.prototype.dispatch !== dispatch) return false;
  // In the first place it stands in for the one in the second.
  if (kind.name === "Dispatcher1Wrapper") return place === 1;
  return kind.name === "Agent" && hasDefaultOptions(dispatcher);
}

const examined = new WeakMap<object, boolean>();

/** Whether no option of a dispatcher was set. Options never change, so each dispatcher is examined once. */
function hasDefaultOptions(dispatcher: Record<symbol, object>): boolean {
  const known = examined.get(dispatcher);
  if (known !== undefined) return known;
  const options = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === "options");
  const isDefault =
    options !== undefined &&
    Object.values(dispatcher[options] ?? {}).every((value) => value === undefined || value === Infinity);
  examined.set(dispatcher, isDefault);
  return isDefault;
}
