import type { Fetch } from "./fetch.ts";
import { nodeHttp } from "./node-http.ts";

/**
 * The default transport: the `fetch` that the platform has at the time of the call, so that a replacement takes effect.
 *
 * On Node.js, `fetch` takes more time than the rest of a call. Calls therefore use `node:http` there, unless `fetch` or its dispatcher
 * was replaced.
 */
export const platformFetch: Fetch = (url, init) =>
  typeof init.body !== "object" && isOfNode() && "getBuiltinModule" in process
    ? nodeHttp(url, init)
    : // With its own credentials, a browser asks the user for a password after a 401.
      globalThis.fetch(url, { ...init, credentials: "omit" });

/** Whether `fetch` and its dispatcher are those of Node.js. */
function isOfNode(): boolean {
  const { fetch } = globalThis;
  // The `fetch` of another realm is not an instance of this Function, and its dispatcher is unknown here.
  return fetch instanceof Function && String(fetch).includes("internal/deps/undici") && [1, 2].every(isDefault);
}

/**
 * Whether the dispatcher in one of undici's two places is the one that Node.js puts there: not composed, not derived, and without any
 * option. In case of doubt, it is not.
 */
function isDefault(place: number): boolean {
  const given: unknown = Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${place}`));
  if (given === undefined) return true;
  const dispatcher = Object(given);
  const { constructor: kind, dispatch } = dispatcher;
  if (kind?.prototype.dispatch !== dispatch) return false;
  // In the first place, this class represents the dispatcher in the second.
  if (kind.name === "Dispatcher1Wrapper") return place === 1;
  const isAgent = kind.name === "Agent" && Object.getPrototypeOf(kind).name === "DispatcherBase";
  return isAgent && hasDefaultOptions(dispatcher);
}

/** The function that creates a pool for an origin, in every version of undici, without white space. */
const DEFAULT_FACTORY =
  "functiondefaultFactory(origin,opts){returnopts&&opts.connections===1?newClient(origin,opts):newPool(origin,opts)}";

const examined = new WeakMap<object, boolean>();

/** Whether no option of a dispatcher was set. Options never change, so each dispatcher is examined once. */
function hasDefaultOptions(dispatcher: Record<symbol, unknown>): boolean {
  const known = examined.get(dispatcher);
  if (known !== undefined) return known;
  const member = (name: string) => {
    const key = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === name);
    return key === undefined ? undefined : dispatcher[key];
  };
  const options = member("options");
  const isDefault =
    options !== undefined &&
    Object.values(Object(options)).every((value) => value === undefined || value === Infinity) &&
    !member("maxRedirections") &&
    String(member("factory")).replace(/[\s;]/g, "") === DEFAULT_FACTORY;
  examined.set(dispatcher, isDefault);
  return isDefault;
}
