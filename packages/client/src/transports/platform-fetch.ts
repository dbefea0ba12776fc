import type { Fetch } from "./fetch.ts";
import { nodeHttp } from "./node-http.ts";
import { checkTransport, type Transport, webFetch } from "./web-fetch.ts";

/**
 * Returns the transport that an option names. Bundles for platforms other than Node.js contain {@link webTransport} instead.
 *
 * @throws {InvalidParameterError} if there is no such transport in this runtime
 */
export function platformTransport(transport: Transport = "auto"): Fetch {
  const hasNodeHttp = globalThis.process !== undefined && "getBuiltinModule" in process;
  checkTransport(transport, hasNodeHttp);
  if (transport === "fetch" || !hasNodeHttp) return webFetch;
  const usesNodeHttp = transport === "node-http" ? () => true : isFetchOfNode;
  return (url, init) => (typeof init.body !== "object" && usesNodeHttp() ? nodeHttp(url, init) : webFetch(url, init));
}

/** Whether `fetch` and its dispatcher are those of Node.js. */
function isFetchOfNode(): boolean {
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

/** The source of the function that creates a pool for an origin, in every version of undici. It leaves no room for anything else. */
const DEFAULT_FACTORY = /^function defaultFactory.{75,99}: new Pool\(origin, opts\);?\s*}$/s;

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
    DEFAULT_FACTORY.test(String(member("factory")));
  examined.set(dispatcher, isDefault);
  return isDefault;
}
